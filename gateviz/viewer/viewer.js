// The viewer: one cursor through tokens, cells, guesses, curves and heatmaps. It draws what pack.py sent and asks the
// server for nothing; step and unit live here and in the address bar.

const viewers = new WeakMap();

export default function ({ data, parentElement }) {
  const viewer = viewers.get(parentElement) ?? createViewer(parentElement);
  viewers.set(parentElement, viewer);
  viewer.receive(data);
  return () => viewer.leave();
}

function createViewer(parent) {
  const root = make("div", { attributes: { "data-gateviz": "viewer", tabindex: "-1" } });
  const probe = make("div", { className: "theme-probe" });
  const state = { step: 0, unit: 0, chosen: false, whole: true, sorted: false, shown: "lstm" };
  let picture = null;
  let parts = null;
  let newest = 0;
  let leaving = null;
  parent.append(root, probe);

  async function receive(bytes) {
    clearTimeout(leaving);
    const turn = ++newest;
    const next = await readPayload(bytes);
    if (turn !== newest || next === picture || next.header.id === picture?.header.id) return;
    const first = picture === null;
    const text = picture?.header.text;
    picture = next;
    const { header } = picture;
    if (first) readAddress(header);
    else if (header.text !== text) state.step = 0;
    state.step = clamp(state.step, header.tokens.length);
    if (!state.chosen || state.unit >= smallest(header.units)) state.unit = header.unit;
    build();
  }

  function readAddress(header) {
    const address = new URLSearchParams(location.search);
    const [step, unit] = ["step", "unit"].map((name) => (/^\d{1,6}$/.test(address.get(name) ?? "") ? Number(address.get(name)) : null));
    state.step = step ?? header.step;
    if (unit !== null && unit < smallest(header.units)) Object.assign(state, { unit, chosen: true });
  }

  function build() {
    parts?.dispose();
    parts = buildParts(root, picture, state, { goTo, choose, redraw, sort, whole, pick });
    redraw();
  }

  function redraw() {
    if (!parts) return;
    parts.draw(state);
    parts.place();
    show();
  }
  function show() {
    root.dataset.step = state.step;
    parts.show(state);
  }
  function goTo(step) {
    const next = clamp(step, picture.header.tokens.length);
    if (next === state.step) return;
    state.step = next;
    show();
    rememberAddress();
  }
  function choose(unit) {
    Object.assign(state, { unit, chosen: true, whole: false });
    parts.draw(state);
    show();
    rememberAddress();
  }
  function sort(sorted) {
    state.sorted = sorted;
    show();
  }
  function whole(all) {
    state.whole = all;
    show();
  }
  function pick(cell) {
    state.shown = cell;
    redraw();
  }

  let pending = null;
  function rememberAddress() {
    clearTimeout(pending);
    pending = setTimeout(() => {
      const address = new URL(location.href);
      address.searchParams.set("step", state.step);
      if (state.chosen) address.searchParams.set("unit", state.unit);
      history.replaceState(history.state, "", address);
    }, 250);
  }

  const onKey = (event) => parts?.onKey(event);
  const onEnter = (event) => {
    if (event.key === "Enter" && event.target instanceof Element && event.target.closest(".st-key-sentence")) {
      setTimeout(() => root.focus({ preventScroll: true }), 60); // the next arrow key steps
    }
  };
  const resized = new ResizeObserver(() => requestAnimationFrame(redraw));
  // Streamlit draws each figure anew when it changes, so the overlays find their places again whenever one appears.
  let placing = 0;
  const watched = new MutationObserver((changes) => {
    if (placing || changes.every(({ target }) => target.closest?.(".gateviz-overlay"))) return;
    placing = requestAnimationFrame(() => {
      placing = 0;
      parts?.place();
    });
  });
  document.addEventListener("keydown", onKey);
  document.addEventListener("keydown", onEnter, true);
  resized.observe(root);
  watched.observe(document.querySelector(".stMain") ?? document.body, { childList: true, subtree: true });
  probe.addEventListener("transitionend", () => picture && build()); // the theme was switched

  function dispose() {
    document.removeEventListener("keydown", onKey);
    document.removeEventListener("keydown", onEnter, true);
    clearTimeout(pending);
    resized.disconnect();
    watched.disconnect();
    parts?.dispose();
    viewers.delete(parent);
    root.remove();
    probe.remove();
  }
  return { receive, leave: () => (leaving = setTimeout(dispose, 400)) }; // Streamlit leaves and comes back at each rerun
}

/** Everything that is drawn of one picture. */
function buildParts(root, picture, state, actions) {
  const { header } = picture;
  root.dataset.theme = isDark(root) ? "dark" : "light";
  const style = getComputedStyle(root);
  const theme = { ink: style.color, page: style.getPropertyValue("--page") };
  const scale = colourScale(header.palettes[root.dataset.theme], header.limits);
  const transport = createTransport(header, { step: () => state.step, goTo: actions.goTo });
  const tokens = createTokens(header, { goTo: actions.goTo });
  const panels = header.cells.map((cell) => createPanel(cell, picture, scale, state, { ...actions, theme }));
  const options = createOptions(header, state, actions);
  const bar = make("div", { className: "bar", children: [transport.element, tokens.element] });
  const dock = make("div", { className: "dock", children: [bar] });
  const grid = make("div", {
    className: "panels",
    attributes: { style: `--columns:${panels.length}` },
    children: panels.map((panel) => panel.element),
  });
  root.dataset.steps = header.tokens.length;
  for (const [cell, colour] of Object.entries(header.palettes[root.dataset.theme].cell)) root.style.setProperty(`--${cell}`, colour);
  root.replaceChildren(dock, options.element, grid);
  const unpin = pinWhenScrolledPast(dock, bar);
  root.onmousedown = (event) => {
    if (event.composedPath()[0].closest?.(".token, .transport-button")) {
      event.preventDefault(); // a click steps; it leaves the keys with the picture
      root.focus({ preventScroll: true });
    }
  };
  return {
    draw: () => panels.forEach((panel) => panel.draw(state)),
    place: () => panels.forEach((panel) => panel.place()),
    show: () => {
      transport.show(state.step);
      tokens.show(state.step);
      options.show(state);
      panels.forEach((panel) => panel.show(state));
    },
    onKey: transport.onKey,
    dispose: () => {
      transport.stop();
      unpin();
      panels.forEach((panel) => panel.dispose());
    },
  };
}

/** One architecture: its cell, its guesses, the chosen unit's curves; and what is laid over its heatmaps. */
function createPanel(cell, picture, scale, state, actions) {
  const { header, signals } = picture;
  const units = header.units[cell];
  const diagram = createCell(cell, header);
  const guesses = createGuesses(cell, header);
  const curves = createCurves(cell, picture, scale);
  const maps = createMaps(cell, picture, scale, { ...actions, sorted: () => state.sorted });
  const title = make("div", {
    className: `panel-title ${cell}`,
    children: [make("span", { className: "mark" }), make("strong", { text: header.words.cells[cell] }), make("span", { className: "caption", text: header.captions[cell] })],
  });
  const element = make("section", {
    className: "panel",
    attributes: { "aria-label": header.words.cells[cell], "data-panel": cell },
    children: [title, make("div", { className: "panel-top", children: [diagram.element, guesses.element] }), curves.element],
  });
  const at = (signal, step) => signals[cell][signal].subarray(step * units, (step + 1) * units);
  return {
    element,
    place: maps.place,
    dispose: maps.dispose,
    draw: ({ unit }) => curves.draw(unit),
    show: ({ step, unit, whole, shown }) => {
      element.classList.toggle("shown", shown === cell);
      diagram.show(readings(at, { step, unit: whole ? null : unit, scale, limits: header.limits }));
      guesses.show(step);
      curves.show(step, unit);
      maps.show(step, unit);
    },
  };
}

/** What a diagram may ask for: numbers of this step, what flows through a wire, and colours; of all units or of one. */
function readings(at, { step, unit, scale, limits }) {
  const values = (signal, when) => (when === "before" ? (step > 0 ? at(signal, step - 1) : null) : at(signal, step));
  const reduce = (signal, numbers) => {
    const limit = limits[signal] ?? 1;
    if (unit !== null) return { value: numbers[unit], size: numbers[unit] / limit };
    return { value: null, size: rootMeanSquare(numbers) / limit };
  };
  const nothing = { value: 0, size: 0 };
  return {
    unit,
    now: (signal) => (unit === null ? summaryOf(signal, at(signal, step)) : at(signal, step)[unit]),
    flow: (signal, when) => {
      const numbers = values(signal, when);
      return numbers ? reduce(signal, numbers) : nothing;
    },
    product: (gate, signal, when, inverse = false) => {
      const numbers = values(signal, when);
      if (!numbers) return nothing;
      const factor = at(gate, step);
      return reduce(signal, numbers.map((value, index) => value * (inverse ? 1 - factor[index] : factor[index])));
    },
    colour: (signal, value, always = false) => (value === null || (unit === null && !always) ? undefined : scale(signal, value)),
  };
}

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

/** Keep the tokens and the transport in sight while the heatmaps are read. */
function pinWhenScrolledPast(dock, bar) {
  const observer = new IntersectionObserver(([entry]) => {
    const above = !entry.isIntersecting && entry.boundingClientRect.top < 120;
    dock.style.height = above ? `${dock.offsetHeight}px` : "";
    bar.classList.toggle("pinned", above);
    if (above) Object.assign(bar.style, { left: `${dock.getBoundingClientRect().left}px`, width: `${dock.offsetWidth}px` });
    else Object.assign(bar.style, { left: "", width: "" });
  }, { rootMargin: "-60px 0px 0px 0px" });
  observer.observe(dock);
  return () => observer.disconnect();
}

function clamp(step, steps) {
  return Math.max(0, Math.min(steps - 1, step));
}

function smallest(units) {
  return Math.min(...Object.values(units));
}
