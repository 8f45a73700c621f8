// What a cell says in the end, from its answers: as openings/ computes it for the picture that Python sends. The words around it stay.

import { decimals } from "../format/numbers.js";
import { glyph } from "../format/texts.js";

const RULES = { class: ofClass, value: ofValue, surprise: ofSurprise, guess: ofGuess, pair: ofPair, end: ofEnd, wrong: ofWrong, copy: ofCopy, error: ofError, written: ofWritten };

/**
 * @param {object} ending As Python packed it: {before, answer, after, value, rule}.
 * @param {object} expected In the form of packing/answers.py, of the engine.
 * @returns {{answer: string, after: string, value: ?number}}
 */
export function endingNow({ rule, after }, expected) {
  return { after, ...RULES[rule.kind](expected, rule) };
}

function ofClass({ guesses, probabilities }) {
  const value = probabilities.at(-1)[0];
  return { answer: guesses.at(-1)[0], after: decimals(value), value };
}

function ofValue({ values }) {
  return { answer: decimals(values.at(-1)), value: values.at(-1) };
}

function ofSurprise({ surprise }) {
  const bits = surprise.filter((each) => each !== null);
  const value = bits.reduce((sum, each) => sum + each, 0) / bits.length;
  return { answer: decimals(value), value };
}

function ofGuess({ guesses, probabilities }) {
  const [guess, value] = [guesses.at(-1)[0], probabilities.at(-1)[0]];
  return { answer: glyph(guess.trim() || guess), after: decimals(value), value };
}

/** Which of two outputs is likelier after a step. */
function ofPair({ shareOf }, { step, outputs }) {
  const shares = outputs.map((output) => shareOf(step, output));
  const best = shares[0] >= shares[1] ? 0 : 1;
  const value = shares[best] / (shares[0] + shares[1]);
  return { answer: outputs[best], after: decimals(value), value };
}

/** After how many b the end is the first guess. */
function ofEnd({ guesses }, { after: first, most }) {
  const end = Array.from({ length: most }, (_, place) => place + 1).find((count) => guesses[first + count - 1][0] === ".");
  return { answer: end ? `${end} b` : "–", value: end ?? null };
}

/** At how many steps with an open bracket the first guess closes another one. */
function ofWrong({ guesses }, { wanted }) {
  const value = wanted.filter((closer, step) => closer && ")]".includes(guesses[step][0]) && guesses[step][0] !== closer).length;
  return { answer: String(value), value };
}

/** What a decoder writes. */
function ofWritten({ wrote, asked_from: first }) {
  return { answer: wrote.slice(first).join(""), value: null };
}

function ofCopy({ guesses }, { step, wanted }) {
  const back = [...wanted].map((_, place) => guesses[step + place][0]);
  const value = back.filter((token, place) => token === wanted[place]).length;
  return { answer: back.join(""), after: `${value} / ${wanted.length}`, value };
}

/** The root mean square of how far each forecast is off. */
function ofError({ values, numbers }, { lead }) {
  const off = values.slice(lead, -1).map((value, place) => (value - numbers[lead + place]) ** 2);
  const value = Math.sqrt(off.reduce((sum, each) => sum + each, 0) / off.length);
  return { answer: decimals(value, 1), value };
}
