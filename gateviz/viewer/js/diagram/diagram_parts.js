// What the diagrams are drawn of: wires, valves, boxes, labels. What stands for a signal is a node (data-node): it takes the
// pointer and the focus, and can be lit. `beats` names the beats of a step in which a part has its turn: see beats.js.

import { makeSvg, makeSvgText, writeNumber } from "../page/elements.js";
import { fill } from "../format/texts.js";
import { countsText } from "./gate_counts.js";
import { createValve, VALVE_RADIUS } from "./valves.js";
import { createWire } from "./wires.js";

const BOX = { width: 24, height: 20 };

/**
 * The drawing functions of one cell's diagram.
 * @param {string} cell
 * @param {{wires: SVGElement, nodes: SVGElement}} layers Wires lie under nodes.
 */
export function createParts(cell, layers, { texts, reverse }) {
  const { nodes } = layers;
  const wires = [];
  const put = (layer, element, beats) => {
    if (beats) element.dataset.beats = beats;
    layer.append(element);
    return element;
  };
  const wire = (beats, points, kind) => {
    const { group, show, pulse } = createWire(points, kind);
    put(layers.wires, group, beats);
    wires.push({ pulse, beats: beats.split(" ") });
    return show;
  };
  const label = (x, y, text, anchor = "middle", kind = "symbol") => put(nodes, makeLabel(reverse ? text.replace("t−1", "t+1") : text, { x, y, class: kind, "text-anchor": anchor }));
  const number = (beats, x, y, signal, anchor = "start") => {
    const element = put(nodes, makeSvg("text", { x, y, class: "number", "text-anchor": anchor, "data-signal": signal, "data-cell": cell }), beats);
    return (value, unit) => showNumber(element, value, unit);
  };
  const node = (beats, signal, children, place, isTabStop = true) => {
    const name = `${texts.cells[cell]}: ${texts.symbols[cell][signal]}, ${texts.signals[cell][signal]}`;
    return put(nodes, makeNode(signal, children, place, isTabStop ? name : null), beats);
  };
  const valve = (beats, x, y, signal, isUpright, isInverse = false) => {
    const { elements, show } = createValve({ x, y, isUpright, clip: `valve-${cell}-${signal}-${Math.round(x)}` });
    const own = node(beats, signal, elements, squareAround(x, y, VALVE_RADIUS), false);
    own.dataset.valve = signal;
    if (isInverse) own.dataset.inverse = "";
    return (gate) => {
      show(gate);
      for (const name of ["open", "half", "shut"]) own.dataset[name] = gate.counts?.[name] ?? "";
    };
  };
  const box = (beats, x, y, text, signal, { width = BOX.width, isTabStop = true, kind = "box" } = {}) => {
    const place = { x: x - width / 2, y: y - BOX.height / 2, width, height: BOX.height };
    const letter = makeLabel(text, { x, y: y + 4.5, class: "symbol", "text-anchor": "middle" });
    node(beats, signal, [makeSvg("rect", { ...place, rx: 4, class: kind }), letter], place, isTabStop);
  };
  const plus = (beats, x, y, signal) => {
    const sign = makeSvg("path", { d: `M${x - 4} ${y}h8M${x} ${y - 4}v8`, class: "plus-sign" });
    node(beats, signal, [makeSvg("circle", { cx: x, cy: y, r: 7, class: "plus" }), sign], squareAround(x, y, 7), false);
  };
  /** A state where it leaves the cell: its symbol and its number, as one node. */
  const output = (beats, signal, text, symbolPlace, numberPlace) => {
    const children = [makeLabel(text, { x: symbolPlace[0], y: symbolPlace[1], class: "symbol", "text-anchor": "end" })];
    const written = makeSvg("text", { x: numberPlace[0], y: numberPlace[1], class: "number", "text-anchor": "end", "data-signal": signal, "data-cell": cell, "data-beats": beats });
    const [left, top] = [Math.min(symbolPlace[0] - 14, numberPlace[0] - 28), Math.min(symbolPlace[1], numberPlace[1]) - 12];
    const [right, bottom] = [Math.max(symbolPlace[0], numberPlace[0]), Math.max(symbolPlace[1], numberPlace[1]) + 4];
    node("", signal, [...children, written], { x: left, y: top, width: right - left, height: bottom - top });
    return (value, unit) => showNumber(written, value, unit);
  };
  /** How many units of a gate are open, half open and shut, in one line; empty for one unit. */
  const counts = (beats, x, y, signal) => {
    const element = put(nodes, makeSvg("text", { x, y, class: "counts", "data-counts": signal }), beats);
    const text = (found) => fill(texts.gate_line, { gate: texts.symbols[cell][signal], counts: countsText(texts, found) });
    return (gate) => (element.textContent = gate.counts ? text(gate.counts) : "");
  };
  return { wires, wire, label, number, valve, box, plus, output, counts };
}

function squareAround(x, y, radius) {
  return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
}

/** "h_t" is an h with a subscript t. */
function makeLabel(text, attributes) {
  const [body, subscript] = text.split("_");
  const element = makeSvgText(body, attributes);
  if (subscript) element.append(makeSvgText(subscript, { dy: 3, class: "sub" }, "tspan"));
  return element;
}

/** Write the number of a unit, or with unit null of all. */
function showNumber(element, value, unit) {
  writeNumber(element, value);
  if (unit === null) delete element.dataset.unit;
  else element.dataset.unit = unit;
}

/** A group that stands for a signal. The one that has a name is a stop of the Tab key. */
function makeNode(signal, children, { x, y, width, height }, name) {
  const halo = makeSvg("rect", { x: x - 3, y: y - 3, width: width + 6, height: height + 6, rx: 7, class: "halo" });
  const tabStop = name === null ? {} : { tabindex: 0, role: "button", "aria-label": name };
  return makeSvg("g", { class: "node", "data-node": signal, ...tabStop }, [halo, ...children]);
}
