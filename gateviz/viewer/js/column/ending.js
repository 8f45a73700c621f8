// What one cell says in the end, at the right of its name. While it is covered, a question mark stands there.

import { exactText } from "../format/numbers.js";
import { make } from "../page/elements.js";

/** @returns {HTMLElement[]} Nothing where the header has no endings. */
export function drawEnding(cell, { opening, texts }) {
  const ending = opening?.endings[cell];
  if (!ending) return [];
  const { before, answer, after, value } = ending;
  const said = make("span", { className: "ending-said", children: [
    make("span", { className: "ending-before", text: before }),
    make("strong", { text: answer }),
    ...(after ? [make("span", { className: "ending-after", text: after })] : []),
  ] });
  const veil = make("span", { className: "ending-veil", text: "?", attributes: { title: texts.covered } });
  return [make("span", { className: "ending", attributes: { "data-ending": cell, "data-value": exactText(value ?? NaN) }, children: [said, veil] })];
}
