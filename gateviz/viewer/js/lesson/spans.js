// The words of lessons and articles, with their computed facts.

import { glyph } from "../format/texts.js";
import { make } from "../page/elements.js";

/** A sentence from its pieces. */
export function drawSpans(pieces) {
  return pieces.map(drawSpan);
}

/** A span of a sentence: plain or emphasised text, a computed number, or a token. */
function drawSpan({ text, style, value, token, fact }) {
  if (token !== undefined) return make("span", { className: "fact token", text: glyph(token.length > 1 ? token.trim() : token), attributes: { "data-fact": fact, "data-value": token } });
  if (fact) return make("span", { className: "fact", text, attributes: { "data-fact": fact, "data-value": value } });
  return style ? make(style, { text }) : document.createTextNode(text);
}
