// What stands on the card of a node: of all units, how their values are spread; then the equation of the chosen unit; and on
// a pinned card the products of which its sum is made.

import { fill } from "../format/texts.js";
import { make } from "../page/elements.js";
import { makeDistribution } from "./distribution.js";
import { current, part, symbol, typeset } from "./equation_terms.js";
import { equationOf } from "./equations.js";
import { makeProducts, makeRoom } from "./product_list.js";

/**
 * @param {Function} reader (step, unit, onCome) -> a UnitReader of equations.js, with `all(signal)`, the values of all units.
 * @param {{step: number, unit: number, whole: boolean}} state
 * @param {{cell: string, signal: string, isInverse: boolean, isPinned: boolean, onCome: () => void}} asked Of an inverse, the
 *   valve shows one minus the gate.
 * @returns {HTMLElement[]}
 */
export function cardContents(header, scale, reader, { step, unit, whole }, { cell, signal, isInverse, isPinned, onCome }) {
  const { texts } = header;
  const at = reader(step, unit, onCome);
  const name = isInverse ? texts.renewal : texts.signals[cell][signal];
  const title = (text) => make("div", { className: "card-title", text });
  const turned = isInverse ? at.all(signal).map((value) => 1 - value) : at.all(signal);
  const ofAll = whole ? [title(fill(texts.distribution_title, { signal: name, step: step + 1 })), makeDistribution(header, scale, signal, turned)] : [];
  const lines = [...equationOf(cell, signal, at), ...(isInverse ? [inverseLine(at, signal)] : [])];
  const ofUnit = [title(fill(texts.equation_title, { signal: name, step: step + 1, unit })), equation(lines, cell, unit)];
  return [...ofAll, ...ofUnit, ...(isPinned ? products(header, at, signal) : [])];
}

function equation(lines, cell, unit) {
  return make("div", { className: "equation", children: lines.map((terms, index) => make("div", {
    className: index ? "eq-line more" : "eq-line",
    children: terms.map((term) => typeset(term, cell, unit)),
  })) });
}

function inverseLine(at, signal) {
  const value = at.now(signal);
  return ["1 − ", symbol("z"), " = 1 − ", current(signal, value), " = ", part("renewal", 1 - value)];
}

/** The products, where the signal is made of a sum. Until they are there their room is kept. */
function products({ texts }, at, signal) {
  const sum = at.sum(signal);
  if (!sum || sum.missing) return sum?.isComing ? [makeRoom()] : [];
  return [makeProducts(sum, { earlier: at.earlier, texts })];
}
