// One architecture's column, and what its diagram may ask of the numbers.

/** One architecture: its cell, its guesses, the chosen unit's curves; and what is laid over its heatmaps. */
function createPanel(cell, picture, scale, state, actions) {
  const { header, signals } = picture;
  const units = header.units[cell];
  const diagram = createCell(cell, header);
  const strips = createStrips(cell, header, scale, actions.choose);
  const frame = make("div", { className: "cell-frame", children: [diagram.element, ...strips.elements] });
  const guesses = createAnswers(cell, header);
  const curves = createCurves(cell, picture, scale);
  const maps = createMaps(cell, picture, scale, { ...actions, state });
  const at = (signal, step) => signals[cell][signal].subarray(step * units, (step + 1) * units);
  const before = (signal, step) => (stepBefore(header, step) === null ? null : at(signal, stepBefore(header, step)));
  const sumAt = createSums(cell, picture);
  const deeds = createDeeds(cell, header, at, before);
  const title = make("div", {
    className: `panel-title ${cell}`,
    children: [make("span", { className: "mark" }), make("strong", { text: header.words.cells[cell] }), make("span", { className: "caption", text: header.captions[cell] })],
  });
  const element = make("section", {
    className: "panel",
    attributes: { "aria-label": header.words.cells[cell], "data-panel": cell },
    children: [title, make("div", { className: "panel-top", children: [make("div", { children: [frame, deeds.element] }), guesses.element] }), curves.element],
  });
  const showStrips = ({ step, unit, whole, order }) =>
    strips.show((signal, when) => (when === "before" ? before : at)(signal, step), whole ? null : unit, header.orders[cell][order]);
  return {
    element,
    /** What an equation may ask for: one unit's numbers at one step. */
    reader: (step, unit) => ({
      earlier: header.reverse ? "t+1" : "t−1",
      squash: header.squashes[cell],
      now: (signal) => at(signal, step)[unit],
      before: (signal) => before(signal, step)?.[unit] ?? 0,
      sum: (signal) => sumAt(signal, step, unit),
    }),
    place: () => {
      maps.place();
      showStrips(state); // in the order of the maps' rows
    },
    dispose: maps.dispose,
    draw: ({ unit, start }) => {
      curves.draw(unit, start);
      guesses.draw();
    },
    light: (lit) => {
      const signal = lit && (lit.cell ?? cell) === cell ? lit.signal : null;
      for (const node of element.querySelectorAll("[data-node], .curve")) node.classList.toggle("lit", (node.dataset.node ?? node.dataset.curve) === signal);
      maps.light(signal);
    },
    show: ({ step, unit, whole, shown, start }) => {
      element.classList.toggle("shown", shown === cell);
      diagram.show(readings(at, before, { step, unit: whole ? null : unit, scale, limits: header.limits }));
      showStrips(state);
      deeds.show(step, picture.has(step, step));
      guesses.show(step);
      curves.show(step, unit, start);
      maps.show({ step, unit, start });
    },
  };
}

/** What a diagram may ask for: numbers of this step, what flows through a wire, and colours; of all units or of one. */
function readings(at, before, { step, unit, scale, limits }) {
  const values = (signal, when) => (when === "before" ? before : at)(signal, step);
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
    colour: (signal, value, always = false) => (value === null || (unit === null && !always) ? undefined : scale.css(signal, value)),
  };
}

/** The step that this direction has read just before, or null at its first. */
function stepBefore({ reverse, tokens }, step) {
  const earlier = step + (reverse ? 1 : -1);
  return earlier < 0 || earlier >= tokens.length ? null : earlier;
}
