// What an architecture answers to both sentences, side by side: a row for each answer, a column for each sentence.

import { createTimeline } from "../column/timeline.js";
import { exactText, placesFor, probability } from "../format/numbers.js";
import { glyph } from "../format/texts.js";
import { make, write, writeNumber } from "../page/elements.js";

const ROWS = 4;

/**
 * @param {string} cell
 * @param {object} header Its `expected` is looked up whenever it is drawn: a hand may hold something.
 * @param {() => ?object} compared The sentence that it is compared with.
 */
export function createAnswerPairs(cell, header, compared) {
  if (header.expected[cell].kind === "value") return createNumberPair(cell, header, compared);
  const { compare } = header.texts;
  const rows = Array.from({ length: ROWS }, makeRow);
  const element = make("div", { className: "answer-pairs", attributes: { role: "group", "aria-label": compare.answers }, children: [drawHead(["", compare.first, compare.second]), ...rows.map((row) => row.element)] });

  /** The answers after a step of the shown sentence and after one of the other. */
  function show(step, other) {
    const { expected, plainExpected } = compared();
    const shown = header.expected[cell];
    const found = [sharesAt(shown, step, shown.shareOf ?? plainExpected[cell].shareOf), sharesAt(expected[cell], other, expected[cell].shareOf)];
    const names = namesOf(found);
    rows.forEach((row, place) => showRow(row, names[place], found));
  }
  return { element, draw: () => {}, show };
}

/** Two numbers, and both over the whole text: a line, and dots for the second. */
function createNumberPair(cell, { expected, texts }, compared) {
  const { compare } = texts;
  const { name, values } = expected[cell];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const timeline = createTimeline(values.length, [low, high === low ? low + 1 : high]);
  const row = makeRow();
  const element = make("div", { className: "answer-pairs numbers", attributes: { role: "group", "aria-label": compare.answers }, children: [
    make("div", { className: "caption", text: name }), drawHead([compare.first, compare.second]), row.element, timeline.element,
  ] });
  function draw() {
    const { steps, expected: others } = compared();
    const brought = steps.map((other) => (other === null ? null : others[cell].values[other]));
    timeline.draw([{ values: expected[cell].values }, { values: brought, isDotted: true }], null);
  }
  function show(step, other) {
    const both = [expected[cell].values[step], compared().expected[cell].values[other]];
    row.numbers.forEach((number, place) => writeNumber(number, both[place], placesFor(Math.max(...both.map(Math.abs)))));
    timeline.show(step);
  }
  return { element, draw, show };
}

function drawHead(names) {
  return make("div", { className: "answer-pair head caption", children: names.map((text) => make("span", { text })) });
}

/**
 * The likeliest answers, and the probability of any other one, which only the engine knows; nothing where the model is not
 * asked yet.
 */
function sharesAt({ kind, classes, shares, guesses, probabilities, asked_from: askedFrom }, step, shareOf) {
  const isAsked = kind !== "next" || step >= askedFrom;
  const named = kind === "class" ? classes.map((name, place) => [name, shares[step][place]]) : guesses[step].map((name, place) => [name, probabilities[step][place]]);
  const best = new Map(isAsked ? named : []);
  return { best, of: (name) => best.get(name) ?? (isAsked ? shareOf(step, name) : undefined) };
}

/** The likeliest answers of the two in turn: the first of the one, the first of the other, and so on. */
function namesOf([first, second]) {
  const ranked = [first, second].map((found) => [...found.best.keys()].sort((one, other) => found.of(other) - found.of(one)));
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
    const share = found[place].of(answer);
    write(number, share === undefined ? "" : probability(share));
    number.style.backgroundSize = `${(100 * (share ?? 0)).toFixed(1)}% 100%`;
    number.dataset.value = exactText(share ?? NaN);
    number.classList.toggle("best", share !== undefined && share === Math.max(...found[place].best.values()));
  });
}
