// A picture of a text that is still being written. All its steps have their place from the beginning, so that nothing moves; a
// step that has not been written is empty.

import { allowOtherNumbers } from "../picture/other_numbers.js";
import { pictureOf } from "../reading/picture_of_text.js";

/**
 * @typedef {object} NewToken What one cell has read or written at a step.
 * @property {string} text
 * @property {boolean} known
 * @property {?number} probability That the cell gave to this token; null where it gave none.
 * @property {Object<string, ArrayLike<number>>} signals Of the picture's layer and direction, (units) each.
 * @property {string[]} guesses What the cell expects next,
 * @property {number[]} probabilities and how much.
 */

/**
 * @param {object} header Of the picture that Python packed. Units, rows and the reach of the colours stay.
 * @param {object} size
 * @param {string} size.id Names the picture.
 * @param {string} size.text What it begins with.
 * @param {number} size.steps How many steps it can have,
 * @param {number} size.given and how many of them are read before the first is written.
 * @param {Object<string, Object<string, number>>} units By cell and signal.
 * @returns {{picture: Picture, add: (tokens: Object<string, ?NewToken>) => number, clear: () => void}} `add` gives the new
 *   number of steps; a cell whose text has ended has no token. `clear` takes all steps away.
 */
export function createGrowingPicture(header, { id, text, steps, given }, units) {
  const blank = () => Object.fromEntries(header.cells.map((cell) => [cell, blankReading(units[cell], steps, header.expected[cell])]));
  let readings = blank();
  const picture = allowOtherNumbers(pictureOf(header, text, readings));
  const own = Object.assign(picture.header, { id, limits: header.limits, step: 0, written: 0 });
  picture.spans = () => [[0, Math.min(given, own.written)], ...Array.from({ length: Math.max(0, own.written - given) }, (_, step) => [given + step, given + step + 1])];

  function add(tokens) {
    const step = own.written;
    for (const cell of header.cells) if (tokens[cell]) place(readings[cell], step, tokens[cell]);
    own.tokens[step] = shared(header.cells.map((cell) => tokens[cell]));
    own.written = step + 1;
    picture.puts += 1;
    return own.written;
  }
  function clear() {
    readings = blank();
    for (const cell of header.cells) {
      for (const shown of [picture, picture.plain]) shown.signals[cell] = readings[cell].signals;
      for (const shown of [own, picture.plain]) shown.expected[cell] = readings[cell].expected;
    }
    own.tokens.fill(EMPTY);
    own.written = 0;
  }
  return { picture, add, clear };
}

const EMPTY = { text: "", known: true };
const DIFFERENT = { text: "·", known: true }; // as models/readings.py writes it

function blankReading(units, steps, { kind, asked_from: askedFrom }) {
  const empty = (value) => Array(steps).fill(value);
  const expected = { kind, guesses: empty(Array(5).fill("")), probabilities: empty(Array(5).fill(NaN)), asked_from: askedFrom, came: empty(null), surprise: empty(null), wrote: empty(null) };
  const signals = Object.fromEntries(Object.entries(units).map(([name, count]) => [name, new Float32Array(steps * count).fill(NaN)]));
  return { tokens: empty(EMPTY), signals, expected };
}

function place({ signals, expected }, step, token) {
  for (const [name, values] of Object.entries(signals)) values.set(token.signals[name], step * token.signals[name].length);
  expected.guesses[step] = token.guesses;
  expected.probabilities[step] = token.probabilities;
  if (!step) return;
  const isAsked = step > expected.asked_from && token.probability !== null;
  expected.wrote[step - 1] = token.text;
  expected.came[step - 1] = isAsked ? token.probability : null;
  expected.surprise[step - 1] = isAsked && expected.kind === "next" ? -Math.log2(token.probability) : null;
}

/** Where the cells wrote different tokens stands a dot. */
function shared(tokens) {
  const [first, ...others] = tokens;
  return first && others.every((token) => token?.text === first.text) ? { text: first.text, known: first.known } : DIFFERENT;
}
