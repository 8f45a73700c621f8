// What the diagrams are drawn of: wires as thick as what flows, valves as open as their gate, boxes, labels. What stands for
// a signal is a node (data-node): it takes the pointer and the focus, and can be lit.

import { makeSvg, makeSvgText, writeNumber } from "../page/elements.js";

const VALVE_RADIUS = 15;

/**
 * The drawing functions of one cell's diagram.
 * @param {{wires: SVGElement, nodes: SVGElement}} layers Wires lie under nodes.
 */
export function createParts(cell, layers, { texts, reverse }) {
  const { nodes } = layers;
  const wire = (path, kind) => drawWire(layers.wires, path, kind);
  const label = (x, y, text, anchor, kind) => drawLabel(nodes, reverse ? text.replace("t−1", "t+1") : text, { x, y, class: kind ?? "symbol", "text-anchor": anchor ?? "middle" });
  const number = (x, y, signal, anchor = "start") => drawNumber(nodes, { x, y, class: "number", "text-anchor": anchor, "data-signal": signal, "data-cell": cell });
  const node = (signal, children, place, isTabStop = true) => {
    const name = `${texts.cells[cell]}: ${texts.symbols[cell][signal]}, ${texts.signals[cell][signal]}`;
    drawNode(nodes, signal, children, place, isTabStop ? name : null);
  };
  const valve = (x, y, signal, isUpright) => drawValve(nodes, node, { x, y, signal, isUpright, clip: `valve-${cell}-${signal}-${x}` });
  const box = (x, y, text, signal, { width = 30, isTabStop = true } = {}) => {
    const place = { x: x - width / 2, y: y - 13, width, height: 26 };
    const letter = label(x, y + 5, text);
    node(signal, [makeSvg("rect", { ...place, rx: 4, class: "box" }), letter], place, isTabStop);
  };
  const plus = (x, y, signal) => {
    const sign = makeSvg("path", { d: `M${x - 5} ${y}h10M${x} ${y - 5}v10`, class: "plus-sign" });
    node(signal, [makeSvg("circle", { cx: x, cy: y, r: 9, class: "plus" }), sign], { x: x - 9, y: y - 9, width: 18, height: 18 }, false);
  };
  /** A state where it leaves the cell: its symbol and its number, as one node. */
  const output = (signal, [x, y, text], [numberX, numberY]) => {
    const symbol = label(x, y, text, "end");
    const { element, show } = number(numberX, numberY, signal, "end");
    const top = Math.min(y, numberY) - 14;
    const left = Math.min(x - 14, numberX - 36);
    node(signal, [symbol, element], { x: left, y: top, width: Math.max(x, numberX) - left, height: Math.max(y, numberY) - top + 4 });
    return show;
  };
  return { wire, label, number: (...place) => number(...place).show, valve, box, plus, output };
}

/** Returns (size, colour) -> draw it so thick. Under it lies a line that shows a wire in the colour of the page. */
function drawWire(layer, path, kind = "") {
  const casing = makeSvg("path", { d: path, class: "casing" });
  const wire = makeSvg("path", { d: path, class: `wire ${kind}` });
  layer.append(casing, wire);
  return (size, colour) => {
    const width = 1.2 + 4.3 * Math.min(1, Math.abs(size) || 0);
    casing.style.strokeWidth = (width + 1.6).toFixed(2);
    wire.style.strokeWidth = width.toFixed(2);
    wire.style.stroke = colour ?? "";
  };
}

/** "h_t" is an h with a subscript t. */
function drawLabel(layer, text, attributes) {
  const [body, subscript] = text.split("_");
  const element = makeSvgText(body, attributes);
  if (subscript) element.append(makeSvgText(subscript, { dy: 4, class: "sub" }, "tspan"));
  layer.append(element);
  return element;
}

/** `show(value, unit)` writes the number of a unit, or with unit null of all. */
function drawNumber(layer, attributes) {
  const element = makeSvg("text", attributes);
  layer.append(element);
  const show = (value, unit) => {
    writeNumber(element, value);
    if (unit === null) delete element.dataset.unit;
    else element.dataset.unit = unit;
  };
  return { element, show };
}

/** A group that stands for a signal. The one that has a name is a stop of the Tab key. */
function drawNode(layer, signal, children, { x, y, width, height }, name) {
  const halo = makeSvg("rect", { x: x - 4, y: y - 4, width: width + 8, height: height + 8, rx: 8, class: "halo" });
  const tabStop = name === null ? {} : { tabindex: 0, role: "button", "aria-label": name };
  layer.append(makeSvg("g", { class: "node", "data-node": signal, ...tabStop }, [halo, ...children]));
}

/** Returns (share, colour) -> open it so far. */
function drawValve(layer, node, { x, y, signal, isUpright, clip }) {
  const passage = makeSvg("rect", { class: "passage", "clip-path": `url(#${clip})` });
  const circle = (kind) => makeSvg("circle", { cx: x, cy: y, r: VALVE_RADIUS, class: kind });
  layer.append(makeSvg("clipPath", { id: clip }, [makeSvg("circle", { cx: x, cy: y, r: VALVE_RADIUS })]));
  node(signal, [circle("valve"), passage, circle("rim")], { x: x - VALVE_RADIUS, y: y - VALVE_RADIUS, width: 2 * VALVE_RADIUS, height: 2 * VALVE_RADIUS }, false);
  return (share, colour) => {
    const across = 2 * VALVE_RADIUS * Math.max(0.04, Math.min(1, share || 0));
    const [width, height] = isUpright ? [across, 2 * VALVE_RADIUS] : [2 * VALVE_RADIUS, across];
    for (const [name, value] of Object.entries({ x: x - width / 2, y: y - height / 2, width, height })) {
      passage.setAttribute(name, value.toFixed(2));
    }
    passage.style.fill = colour;
  };
}
