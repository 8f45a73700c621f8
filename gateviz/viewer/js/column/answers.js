// What a model answers after each token: what comes next (guesses.js), a class, or a number. Under a class or a number stand
// the answers over the whole text, so that one sees the word that changed them.

import { decimals, placesFor } from "../format/numbers.js";
import { fill, glyph } from "../format/texts.js";
import { make, write, writeNumber } from "../page/elements.js";
import { createGuesses, showGhost, showShare } from "./guesses.js";
import { createTimeline } from "./timeline.js";

const FEW_CLASSES = 5; // all of so few have a row each; of more the likeliest have one
const FLAT = 0.1; // a probability that never changes by more at one token has no place that changed it

/** `show(step)` shows an answer; `draw()` draws what depends on the width. */
export function createAnswers(cell, { header, plain }) {
  const create = { class: createClasses, value: createNumber }[header.expected[cell].kind] ?? createGuesses;
  return create(cell, header, plain);
}

/** The probability of each class, and over the text that of one class: the same in all architectures. */
function createClasses(cell, { expected, texts, tokens }, plain) {
  const { classes, guesses } = expected[cell];
  const isFew = classes.length <= FEW_CLASSES;
  const rows = (isFew ? classes : guesses[0]).map(makeClassRow);
  const winner = winnerOfAll(plain.expected);
  const timeline = createTimeline(tokens.length, [0, 1]);
  const turned = make("div", { className: "caption turn tells-end" });
  const element = make("div", {
    className: "guesses",
    children: [
      make("div", { className: "caption", text: texts.answers }),
      make("ol", { children: rows.map((row) => row.element) }),
      make("div", { className: "caption tells-end", text: fill(texts.over_text, { name: classes[winner] }) }),
      timeline.element,
      turned,
    ],
  });
  function draw() {
    const course = expected[cell].shares.map((row) => row[winner]);
    const turn = turnOf(course, classes.length);
    write(turned, turn === null ? texts.flat : sayTurn(tokens[turn].text, texts));
    const before = plain.expected[cell].shares.map((row) => row[winner]);
    timeline.draw([{ values: course }, ...(plain.expected[cell] === expected[cell] ? [] : [{ values: before, isGhost: true }])], turn);
  }
  function show(step) {
    const { shares, guesses: now, probabilities } = expected[cell];
    const before = plain.expected[cell] === expected[cell] ? null : plain.expected[cell].shares[step];
    const best = Math.max(...shares[step]);
    rows.forEach((row, rank) => {
      const share = isFew ? shares[step][rank] : probabilities[step][rank];
      const name = isFew ? classes[rank] : now[step][rank];
      if (!isFew) write(row.token, name);
      showShare(row, share, Math.abs(share - best) < 1e-6);
      showGhost(row, before?.[classes.indexOf(name)]);
    });
    timeline.show(step);
  }
  return { element, show, draw };
}

/** The step that changed a class most, or null where none did. */
function turnOf(course, classes) {
  const changes = course.map((share, step) => Math.abs(share - (step ? course[step - 1] : 1 / classes)));
  return Math.max(...changes) < FLAT ? null : indexOfLargest(changes);
}

/** The class that the architectures together find likeliest at the end of the text. */
function winnerOfAll(expected) {
  const last = Object.values(expected).map(({ shares }) => shares.at(-1));
  return indexOfLargest(last[0].map((_, index) => last.reduce((sum, row) => sum + row[index], 0)));
}

function sayTurn(token, texts) {
  return fill(texts.turned, { token: glyph(token.trim() || token) });
}

function makeClassRow(name, rank) {
  const parts = {
    token: make("span", { className: "class-name", text: name }),
    bar: make("span", { className: "class-bar" }),
    value: make("span", { className: "guess-value" }),
  };
  return { element: make("li", { className: "class-row", attributes: { "data-guess": rank }, children: Object.values(parts) }), ...parts };
}

function indexOfLargest(values) {
  return values.indexOf(Math.max(...values));
}

/** The number that the model answers, and the number that came where the question is what comes next. */
function createNumber(cell, { expected, texts }, plain) {
  const { name, values, numbers } = plain.expected[cell];
  const known = [...values, ...numbers].filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const places = placesFor(high);
  const timeline = createTimeline(values.length, [low, high === low ? low + 1 : high]);
  const answer = make("div", { className: "answer-value", attributes: { "data-answer": cell } });
  const was = make("s", { className: "ending-was" });
  const came = make("span", { className: "came-value" });
  const cameRow = make("div", { className: "came-row", children: [make("span", { className: "caption", text: texts.came }), came] });
  const element = make("div", {
    className: "guesses",
    children: [
      make("div", { className: "caption", text: name }),
      make("div", { className: "answer-row", children: [answer, was] }),
      ...(numbers.some((value) => value !== null) ? [cameRow] : []),
      timeline.element,
    ],
  });
  function show(step) {
    writeNumber(answer, expected[cell].values[step], places);
    write(was, expected[cell].values === values ? "" : decimals(values[step], places));
    write(came, numbers[step] === null ? "–" : decimals(numbers[step], places));
    came.dataset.value = numbers[step] ?? "";
    timeline.show(step);
  }
  const draw = () => {
    const now = expected[cell].values;
    timeline.draw([{ values: now }, { values: numbers, isDotted: true }, ...(now === values ? [] : [{ values, isGhost: true }])], null);
  };
  return { element, show, draw };
}
