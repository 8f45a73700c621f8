// The quiet row between tokens and cells: which unit, sorted or not, and the one legend of the page.

/** Which unit, all or one, sorted or not; and the one legend. */
function createOptions(header, state, { sort, whole, pick, choose }) {
  const { words } = header;
  const toggle = (name, label, action) => {
    const button = make("button", { className: "option", text: label, attributes: { type: "button", "aria-pressed": "false", "data-option": name } });
    button.addEventListener("click", () => action());
    return button;
  };
  const all = toggle("all", words.all_units, () => whole(true));
  const one = toggle("one", "", () => whole(false));
  const sorted = toggle("sorted", words.sorted, () => sort(!state.sorted));
  const unit = make("input", { className: "unit-box", attributes: { type: "number", min: 0, max: smallest(header.units) - 1, "aria-label": words.unit_box } });
  unit.addEventListener("change", () => {
    const chosen = Math.round(Number(unit.value));
    if (unit.value !== "" && chosen >= 0 && chosen < smallest(header.units)) choose(chosen);
    else unit.value = state.unit;
  });
  const cells = header.cells.map((cell) => toggle(`cell-${cell}`, words.cells[cell], () => pick(cell)));
  const element = make("div", {
    className: "options",
    children: [
      make("div", { className: "segment cell-choice", attributes: { role: "group", "aria-label": words.architecture }, children: cells }),
      make("div", { className: "segment", attributes: { role: "group", "aria-label": words.diagram_shows }, children: [all, one] }),
      unit,
      sorted,
      createLegend(header),
    ],
  });
  return {
    element,
    show: (now) => {
      const shown = header.cells.includes(now.shown) ? now.shown : header.cells[0];
      now.shown = shown;
      document.documentElement.dataset.gatevizCell = shown;
      header.cells.forEach((cell, index) => cells[index].setAttribute("aria-pressed", String(cell === shown)));
      one.textContent = fill(words.one_unit, { unit: now.unit });
      if (unit.getRootNode().activeElement !== unit) unit.value = now.unit;
      all.setAttribute("aria-pressed", String(now.whole));
      one.setAttribute("aria-pressed", String(!now.whole));
      sorted.setAttribute("aria-pressed", String(now.sorted));
    },
  };
}

function createLegend({ words, limits, palettes }) {
  const bar = (kind, low, high, name) =>
    make("span", { className: "legend", children: [make("span", { className: "legend-name", text: name }), make("span", { text: low }), make("span", { className: `legend-bar ${kind}` }), make("span", { text: high })] });
  const wide = limits.cell_state && limits.cell_state !== 1;
  const limit = wide ? fill(words.legend_cell, { limit: limits.cell_state }) : "";
  const element = make("div", { className: "legends", children: [bar("gate", "0", "1", words.legend_gates), bar("state", `${MINUS}1`, "1", words.legend_states + limit)] });
  for (const [theme, palette] of Object.entries(palettes)) {
    for (const kind of ["gate", "state"]) element.style.setProperty(`--${kind}-${theme}`, `linear-gradient(to right, ${palette[kind].join(",")})`);
  }
  return element;
}
