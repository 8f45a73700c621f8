// A batch of sentences as torch packs it: sorted by length, then read step by step, without the padding.

import { decimals, exactText } from "../format/numbers.js";
import { fill, glyph } from "../format/texts.js";
import { make } from "../page/elements.js";
import { packedPlaces, written } from "./tensor_shapes.js";

export function createPackedBatch({ batch, texts }) {
  const { sentences, batch_sizes: sizes, data, padded } = batch;
  const places = packedPlaces(sizes, sentences.map(({ tokens }) => tokens.length));
  const rows = sentences.map((sentence, row) => make("tr", { children: [
    make("th", { text: String(sentence.index), attributes: { scope: "row", title: texts.batch_index } }),
    make("td", { className: "number", text: decimals(sentence.off, 3), attributes: { "data-off": sentence.index, "data-value": exactText(sentence.off) } }),
    ...sizes.map((_, step) => makeBox(sentence.tokens[step], places[row][step])),
  ] }));
  const head = make("tr", { children: [make("th", { text: texts.batch_index }), make("th", { text: texts.batch_off }), ...sizes.map((_, step) => make("th", { text: String(step) }))] });
  const foot = make("tr", { children: [make("th", { text: "batch_sizes", attributes: { colspan: 2, scope: "row" } }), ...sizes.map((size) => make("td", { className: "size", text: String(size) }))] });
  return make("section", { attributes: { "aria-label": texts.packing }, children: [
    make("div", { className: "hood-panel-head", children: [make("strong", { text: texts.packing })] }),
    make("div", { className: "hood-packed-scroll", attributes: { tabindex: 0, role: "group", "aria-label": texts.packing }, children: [make("table", { className: "hood-packed", children: [make("thead", { children: [head] }), make("tbody", { children: rows }), make("tfoot", { children: [foot] })] })] }),
    make("p", { className: "hood-note", text: fill(texts.packed, { padded: written(padded), data: written(data), saved: padded[0] * padded[1] - data[0] }) }),
    make("p", { className: "hood-note", text: texts.padding_read }),
  ] });
}

/** A token with its row in `data`, or a place of the padding. */
function makeBox(token, place) {
  if (token === undefined) return make("td", { className: "padding" });
  return make("td", { attributes: { "data-packed": place, title: token }, children: [make("div", { className: "word", text: glyph(token) }), make("div", { className: "place", text: String(place) })] });
}
