// What one cell says to both sentences in the end, at the right of its name, in the place of what it says to the shown one.

import { decimals, exactText } from "../format/numbers.js";
import { fill } from "../format/texts.js";
import { make } from "../page/elements.js";

/** @returns {HTMLElement} The endings of what is shown and of what it is compared with. */
export function drawEndingPair(cell, { expected, texts }, compared) {
  const said = [expected[cell], compared.expected[cell]].map((answers, place) => drawOne(endingOf(answers, texts), place ? "second" : "first"));
  const veil = make("span", { className: "ending-veil", text: "?", attributes: { title: texts.covered } });
  return make("span", { className: "ending both", attributes: { "data-ending-pair": cell }, children: [make("span", { className: "ending-said", children: said }), veil] });
}

function drawOne({ answer, after, value }, which) {
  return make("span", { className: `ending-of ${which}`, attributes: { "data-ending-of": which, "data-value": exactText(value) }, children: [
    ...(answer ? [make("strong", { text: answer })] : []),
    ...(after ? [make("span", { className: "ending-after", text: after })] : []),
  ] });
}

/** The likeliest class, the number, what a decoder wrote, or the mean surprise at the tokens. */
export function endingOf({ kind, guesses, probabilities, values, wrote, asked_from: askedFrom, surprise }, texts) {
  if (kind === "class") return { answer: guesses.at(-1)[0], after: decimals(probabilities.at(-1)[0]), value: probabilities.at(-1)[0] };
  if (kind === "value") return { answer: decimals(values.at(-1)), value: values.at(-1) };
  if (kind === "text") return { answer: wrote.slice(askedFrom).join(""), value: NaN };
  const bits = surprise.filter((each) => each !== null);
  const mean = bits.reduce((sum, each) => sum + each, 0) / bits.length;
  return { answer: "", after: bits.length ? fill(texts.bits, { bits: decimals(mean) }) : "", value: mean };
}
