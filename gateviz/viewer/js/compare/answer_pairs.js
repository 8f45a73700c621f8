// What an architecture answers to both sentences, side by side: a row for each answer, a column for each sentence.

import { exactText, placesFor, probability, decimals } from "../format/numbers.js";
import { glyph } from "../format/texts.js";
import { make, write } from "../page/elements.js";

const ROWS = 4;

/**
 * @param {string} cell
 * @param {object} header Its `expected` is looked up whenever it is drawn: a hand may hold something.
 * @param {() => ?object} compared The sentence that it is compared with.
 */
export function createAnswerPairs(cell, header, compared) {
  const { compare } = header.texts;
  const isNumber = header.expected[cell].kind === "value";
  const rows = Array.from({ length: isNumber ? 1 : ROWS }, makeRow);
  const head = make("div", { className: "answer-pair head caption", children: ["", compare.first, compare.second].map((text) => make("span", { text })) });
  const element = make("div", { className: "answer-pairs", attributes: { role: "group", "aria-label": compare.answers }, children: [head, ...rows.map((row) => row.element)] });

  /** The answers after a step of the shown sentence and after one of the other. */
  function show(step, other) {
    const both = [[header.expected[cell], step], [compared().expected[cell], other]];
    if (isNumber) return showNumbers(rows[0], both);
    const found = both.map(([expected, at]) => sharesAt(expected, at));
    const names = namesOf(found);
    rows.forEach((row, place) => showRow(row, names[place], found));
  }
  return { element, show };
}

/** The probability of each answer that is known; nothing where the model is not asked yet. */
function sharesAt({ kind, classes, shares, guesses, probabilities, asked_from: askedFrom }, step) {
  if (kind === "class") return new Map(classes.map((name, place) => [name, shares[step][place]]));
  if (kind === "next" && step < askedFrom) return new Map();
  return new Map(guesses[step].map((name, place) => [name, probabilities[step][place]]));
}

/** The likeliest answers of the two in turn: the first of the one, the first of the other, and so on. */
function namesOf([first, second]) {
  const ranked = [first, second].map((found) => [...found.keys()].sort((one, other) => found.get(other) - found.get(one)));
  const inTurn = ranked[0].concat(ranked[1]).map((_, place) => ranked[place % 2][Math.floor(place / 2)]);
  return [...new Set(inTurn.filter((name) => name !== undefined))].slice(0, ROWS);
}

function makeRow() {
  const name = make("span", { className: "answer-name" });
  const numbers = ["first", "second"].map((which) => make("span", { className: `answer-share ${which}`, attributes: { "data-answer-of": which } }));
  return { element: make("div", { className: "answer-pair", children: [name, ...numbers] }), name, numbers };
}

function showRow({ element, name, numbers }, answer, found) {
  element.classList.toggle("none", answer === undefined);
  if (answer === undefined) return;
  write(name, glyph(answer.length > 1 ? answer.trim() || answer : answer));
  numbers.forEach((number, place) => {
    const share = found[place].get(answer);
    write(number, share === undefined ? "·" : probability(share)); // less than that of the guesses that are sent
    number.style.backgroundSize = `${(100 * (share ?? 0)).toFixed(1)}% 100%`;
    number.dataset.value = exactText(share ?? NaN);
    number.classList.toggle("best", share !== undefined && share === Math.max(...found[place].values()));
  });
}

function showNumbers({ name, numbers }, both) {
  const values = both.map(([expected, at]) => expected.values[at]);
  write(name, both[0][0].name);
  numbers.forEach((number, place) => {
    write(number, decimals(values[place], placesFor(Math.max(...values.map(Math.abs)))));
    number.dataset.value = exactText(values[place]);
  });
}
