// The quiet row between tokens and cells: which unit, how the rows stand, what colours the text; and the page's legend.

function createOptions(header, state, tints, { sort, arrange, tint, whole, pick, choose }) {
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
  const orders = [["unit", words.rows_unit], ["activity", words.rows_activity], ["half_life", words.rows_half_life], ["cluster", words.rows_cluster]];
  const rows = createSelect("rows", words.rows, [{ options: orders }], arrange);
  const colour = createSelect("colour", words.colour, colourGroups(header, tints), tint);
  const reading = make("output", { className: "tint-value" });
  colour.element.append(reading);
  const legend = createLegend(header);
  let last = "";
  const element = make("div", {
    className: "options",
    children: [
      make("div", { className: "segment cell-choice", attributes: { role: "group", "aria-label": words.architecture }, children: cells }),
      colour.element,
      make("div", { className: "units", children: [
        make("div", { className: "segment", attributes: { role: "group", "aria-label": words.diagram_shows }, children: [all, one] }),
        unit,
      ] }),
      rows.element,
      sorted,
      legend.element,
    ],
  });
  return {
    element,
    show: (now) => {
      const shown = header.cells.includes(now.shown) ? now.shown : header.cells[0];
      now.shown = shown;
      const choice = tints.valid(now.colour);
      write(reading, tints.at(choice, now.step, now.unit)?.text ?? "");
      const wanted = [shown, now.unit, now.whole, now.sorted, now.order, choice].join();
      if (unit.value !== String(now.unit) && unit.getRootNode().activeElement !== unit) unit.value = now.unit;
      if (wanted === last) return; // a step changes none of them
      last = wanted;
      document.documentElement.dataset.gatevizCell = shown;
      header.cells.forEach((cell, index) => cells[index].setAttribute("aria-pressed", String(cell === shown)));
      one.textContent = fill(words.one_unit, { unit: now.unit });
      all.setAttribute("aria-pressed", String(now.whole));
      one.setAttribute("aria-pressed", String(!now.whole));
      sorted.setAttribute("aria-pressed", String(now.sorted));
      rows.select.value = now.order;
      colour.select.value = choice;
      legend.show(choice.endsWith(":surprise"));
    },
  };
}

/** A list to choose from with its label: groups of [value, words], under a heading where they have one. */
function createSelect(name, label, groups, action) {
  const option = ([value, text]) => make("option", { text, attributes: { value } });
  const children = groups.flatMap(({ heading, options }) =>
    heading ? [make("optgroup", { attributes: { label: heading }, children: options.map(option) })] : options.map(option));
  const select = make("select", { attributes: { "data-option": name }, children });
  select.addEventListener("change", () => action(select.value));
  return { element: make("label", { className: "choice", children: [make("span", { text: label }), select] }), select };
}

function colourGroups({ words }, { choices }) {
  const named = (cell, name) => (name === "surprise" ? words.surprise : `${words.symbols[cell][name]}\u2002${words.signals[cell][name]}`);
  const groups = choices.map(({ cell, names }) => ({
    heading: words.cells[cell],
    options: names.map((name) => [`${cell}:${name}`, `${words.cells[cell]}: ${named(cell, name)}`]),
  }));
  return [{ options: [["none", words.colour_none]] }, ...groups];
}

const STATES = [["cell_state", "c"], ["hidden_state", "h"]]; // what no tanh need bound

function createLegend({ words, limits, palettes, surprise }) {
  const bar = (kind, low, high, name) =>
    make("span", { className: "legend", children: [make("span", { className: "legend-name", text: name }), make("span", { text: low }), make("span", { className: `legend-bar ${kind}` }), make("span", { text: high })] });
  const wide = STATES.filter(([signal]) => (limits[signal] ?? 1) !== 1).map(([signal, symbol]) => `${symbol}: ±${limits[signal]}`);
  const limit = wide.length ? fill(words.legend_wide, { limits: wide.join(", ") }) : "";
  const bits = bar("surprise", "0", fill(words.bits, { bits: MOST_BITS }), words.surprise);
  const element = make("div", { className: "legends", children: [bits, bar("gate", "0", "1", words.legend_gates), bar("state", `${MINUS}1`, "1", words.legend_states + limit)] });
  for (const [theme, palette] of Object.entries(palettes)) {
    for (const kind of ["gate", "state"]) element.style.setProperty(`--${kind}-${theme}`, `linear-gradient(to right, ${palette[kind].join(",")})`);
    element.style.setProperty(`--surprise-${theme}`, `linear-gradient(to right, ${surprise[theme].join(",")})`);
  }
  return { element, show: (withSurprise) => (bits.hidden = !withSurprise) };
}
