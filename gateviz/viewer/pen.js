// What the drawings of the cells are made of: wires as thick as what flows, valves as open as their gate, boxes, labels.
// What stands for a signal is a node (data-node): it takes the pointer and the focus, and can be lit.

const VALVE = 15; // radius

/** Drawing functions that put wires under nodes. */
function penFor(cell, { wires, nodes }, words, reverse) {
  const wire = (d, extra = "") => {
    const casing = makeSvg("path", { d, class: "casing" }); // a wire that carries zero is the colour of the page
    const path = makeSvg("path", { d, class: `wire ${extra}` });
    wires.append(casing, path);
    return (amount, colour) => {
      const width = 1.2 + 4.3 * Math.min(1, Math.abs(amount) || 0);
      casing.style.strokeWidth = (width + 1.6).toFixed(2);
      path.style.strokeWidth = width.toFixed(2);
      path.style.stroke = colour ?? "";
    };
  };
  const label = (x, y, text, anchor = "middle", kind = "symbol") => {
    const [body, sub] = (reverse ? text.replace("t−1", "t+1") : text).split("_");
    const element = makeSvg("text", { x, y, class: kind, "text-anchor": anchor });
    element.append(body);
    if (sub) element.append(Object.assign(makeSvg("tspan", { dy: 4, class: "sub" }), { textContent: sub }));
    nodes.append(element);
    return element;
  };
  const number = (x, y, signal, anchor = "start") => {
    const element = makeSvg("text", { x, y, class: "number", "text-anchor": anchor, "data-signal": signal, "data-cell": cell });
    nodes.append(element);
    return (value, unit) => {
      showNumber(element, value);
      if (unit === null) delete element.dataset.unit;
      else element.dataset.unit = unit;
    };
  };

  /** A group that stands for a signal. One of each signal's nodes is a stop of the Tab key. */
  const node = (signal, children, { x, y, width, height, stop = true }) => {
    const halo = makeSvg("rect", { x: x - 4, y: y - 4, width: width + 8, height: height + 8, rx: 8, class: "halo" });
    const group = makeSvg("g", { class: "node", "data-node": signal }, [halo, ...children]);
    if (stop) {
      const name = `${words.cells[cell]}: ${words.symbols[cell][signal]}, ${words.signals[cell][signal]}`;
      for (const [attribute, value] of [["tabindex", 0], ["role", "button"], ["aria-label", name]]) group.setAttribute(attribute, value);
    }
    nodes.append(group);
  };
  const valve = (x, y, signal, upright) => {
    const clip = `valve-${cell}-${signal}-${x}`;
    const passage = makeSvg("rect", { class: "passage", "clip-path": `url(#${clip})` });
    const circle = (kind) => makeSvg("circle", { cx: x, cy: y, r: VALVE, class: kind });
    nodes.append(makeSvg("clipPath", { id: clip }, [makeSvg("circle", { cx: x, cy: y, r: VALVE })]));
    node(signal, [circle("valve"), passage, circle("rim")], { x: x - VALVE, y: y - VALVE, width: 2 * VALVE, height: 2 * VALVE, stop: false });
    return (open, colour) => {
      const across = 2 * VALVE * Math.max(0.04, Math.min(1, open || 0));
      const [wide, high] = upright ? [across, 2 * VALVE] : [2 * VALVE, across];
      for (const [name, value] of [["x", x - wide / 2], ["y", y - high / 2], ["width", wide], ["height", high]]) {
        passage.setAttribute(name, value.toFixed(2));
      }
      passage.style.fill = colour;
    };
  };
  const box = (x, y, text, signal, { width = 30, stop = true } = {}) => {
    const place = { x: x - width / 2, y: y - 13, width, height: 26 };
    const letter = label(x, y + 5, text);
    node(signal, [makeSvg("rect", { ...place, rx: 4, class: "box" }), letter], { ...place, stop });
  };
  const plus = (x, y, signal) => {
    const sign = makeSvg("path", { d: `M${x - 5} ${y}h10M${x} ${y - 5}v10`, class: "plus-sign" });
    node(signal, [makeSvg("circle", { cx: x, cy: y, r: 9, class: "plus" }), sign], { x: x - 9, y: y - 9, width: 18, height: 18, stop: false });
  };
  /** A state where it leaves the cell: its symbol and number, as one node. */
  const leaving = (signal, [x, y, text], [numberX, numberY]) => {
    const symbol = label(x, y, text, "end");
    const show = number(numberX, numberY, signal, "end");
    const written = nodes.lastElementChild;
    const top = Math.min(y, numberY) - 14;
    const left = Math.min(x - 14, numberX - 36);
    node(signal, [symbol, written], { x: left, y: top, width: Math.max(x, numberX) - left, height: Math.max(y, numberY) - top + 4 });
    return show;
  };
  return { wire, label, number, valve, box, plus, leaving };
}
