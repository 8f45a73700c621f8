// A symbol of an equation as the papers print it: a letter with its accent, prime and index.

import { make } from "../page/elements.js";

const COMBINING = { "~": "\u0303", "^": "\u0302" };

/**
 * @param {object} term {symbol: Node, shape}: the shape stands below it.
 * @param {?{symbol: string}} mark The symbol that is to be looked at.
 */
export function typesetSymbol({ symbol: { name, parts: { letter, accent, prime, index } }, shape }, mark = null) {
  const shown = index.replace("-", "−");
  const isMarked = mark !== null && index === "t" && letter.toLowerCase() === mark.symbol;
  const written = make("span", {
    className: isMarked ? "eq-symbol hood-marked" : "eq-symbol",
    children: [make("i", { text: letter + (COMBINING[accent] ?? "") }), ...(prime ? ["′"] : []), ...(shown ? [make("sub", { text: shown })] : [])],
  });
  return make("span", { className: "hood-symbol", attributes: { "data-symbol": name }, children: [written, make("span", { className: "hood-shape", text: shape })] });
}
