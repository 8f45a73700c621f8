// What one cell says to both sentences in the end, at the right of its name, in the place of what it says to the shown one.

import { nowOf } from "../column/ending.js";
import { endingNow } from "../column/ending_rules.js";
import { decimals, exactText } from "../format/numbers.js";
import { fill } from "../format/texts.js";
import { make } from "../page/elements.js";

const WORDLESS = ["class", "value"]; // rules whose answers need no words before them

/** @returns {HTMLElement} The endings of what is shown and of what it is compared with. */
export function drawEndingPair(cell, picture, compared) {
  const { texts } = picture.header;
  const { before, both } = endingsOf(cell, picture, compared);
  const veil = make("span", { className: "ending-veil", text: "?", attributes: { title: texts.covered } });
  const said = make("span", { className: "ending-said", children: [
    ...(before ? [make("span", { className: "ending-before", text: before })] : []),
    ...both.map((ending, place) => drawOne(ending, place ? "second" : "first")),
  ] });
  return make("span", { className: "ending both", attributes: { "data-ending-pair": cell }, children: [said, veil] });
}

function drawOne({ answer, after, value }, which) {
  return make("span", { className: `ending-of ${which}`, attributes: { "data-ending-of": which, "data-value": exactText(value ?? NaN) }, children: [
    ...(answer ? [make("strong", { text: answer })] : []),
    ...(after ? [make("span", { className: "ending-after", text: after })] : []),
  ] });
}

/** By the rule of the shown ending; where the other sentence has no such ending, or none is shown, by the kind of the answers. */
function endingsOf(cell, picture, compared) {
  const { header } = picture;
  const ending = header.opening?.endings[cell];
  const rule = ending?.rule?.kind && ruleOfOther(ending.rule, compared.steps);
  const others = compared.expected[cell];
  if (!rule) return { before: header.expected[cell].kind === "next" ? header.texts.surprise : "", both: [header.expected[cell], others].map((answers) => endingOf(answers, header.texts)) };
  return { before: WORDLESS.includes(rule.kind) ? "" : ending.before, both: [nowOf(picture, cell), endingNow({ ...ending, rule }, others)] };
}

/** The same rule at the steps of the other sentence; null where it is of what stands in the shown one alone. */
function ruleOfOther(rule, steps) {
  if (rule.kind === "wrong" || rule.kind === "copy") return null;
  if (rule.kind === "pair") return steps[rule.step] === null ? null : { ...rule, step: steps[rule.step] };
  if (rule.kind === "end") return steps[rule.after] === null ? null : { ...rule, after: steps[rule.after] };
  return rule;
}

/** The likeliest class, the number, what a decoder wrote, or the mean surprise at the tokens. */
function endingOf({ kind, guesses, probabilities, values, wrote, asked_from: askedFrom, surprise }, texts) {
  if (kind === "class") return { answer: guesses.at(-1)[0], after: decimals(probabilities.at(-1)[0]), value: probabilities.at(-1)[0] };
  if (kind === "value") return { answer: decimals(values.at(-1)), value: values.at(-1) };
  if (kind === "text") return { answer: wrote.slice(askedFrom).join("") };
  const bits = surprise.filter((each) => each !== null);
  const mean = bits.reduce((sum, each) => sum + each, 0) / bits.length;
  return { answer: "", after: bits.length ? fill(texts.bits, { bits: decimals(mean) }) : "", value: mean };
}
