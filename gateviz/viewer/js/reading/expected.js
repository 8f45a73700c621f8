// What a model answered after each step, in the form in which Python packs it: packing/answers.py, from the scores of the engine.

import { softmax } from "../engine/network.js";

const GUESSES = 5; // as many as Python sends

/**
 * @param {object} model That of createModel().
 * @param {{tokens: string[], answers: Float64Array[]}} read What its read() gives.
 * @param {(number|number[])[]} ids Of what was typed.
 * @param {object} before The answers of the same model that Python packed for another text: they have the names of classes.
 */
export function expectedOf({ config, outputs, tokenizer }, { tokens, answers }, ids, before) {
  if (config.answers === "class") return verdict(answers, before.classes);
  if (config.answers === "value") return forecast(answers, before.name, tokenizer.entries.length === 1 ? ids : []);
  if (config.answers === "text") {
    const column = new Map(outputs.map((output, index) => [output, index]));
    const written = tokens.map((token) => column.get(token) ?? outputs.length);
    const found = nextToken(answers, outputs, written, ids.length);
    return { ...found, kind: "text", wrote: [...tokens.slice(1), null], surprise: tokens.map(() => null) };
  }
  const asked = config.asked_after ? tokens.indexOf(config.asked_after) : 0;
  return nextToken(answers, outputs, ids, asked < 0 ? tokens.length : asked);
}

function nextToken(answers, outputs, ids, askedFrom) {
  const shares = answers.map(softmax);
  const best = shares.map((row) => likeliestOf(row));
  const came = shares.map((row, step) => (step >= askedFrom && ids[step + 1] < row.length ? row[ids[step + 1]] : null));
  return {
    kind: "next",
    guesses: best.map((places) => places.map((place) => outputs[place])),
    probabilities: best.map((places, step) => places.map((place) => digits(shares[step][place]))),
    asked_from: askedFrom,
    came: came.map(digits),
    surprise: came.map((share) => (share === null ? null : digits(-Math.log2(share)))),
    shareOf: (step, output) => shares[step][outputs.indexOf(output)], // of any output, which Python does not send
  };
}

function verdict(answers, classes) {
  const shares = answers.map(softmax);
  const best = shares.map((row) => likeliestOf(row));
  return {
    kind: "class",
    guesses: best.map((places) => places.map((place) => classes[place])),
    probabilities: best.map((places, step) => places.map((place) => digits(shares[step][place]))),
    classes,
    shares: shares.map((row) => Array.from(row, digits)),
    ...nothingCame(answers.length),
  };
}

function forecast(answers, name, ids) {
  const numbers = answers.map((_, step) => (ids.length > step + 1 ? digits(ids[step + 1][0]) : null));
  const empty = answers.map(() => []);
  return { kind: "value", name, values: answers.map(([value]) => digits(value)), numbers, guesses: empty, probabilities: empty, ...nothingCame(answers.length) };
}

function nothingCame(steps) {
  return { came: Array(steps).fill(null), surprise: Array(steps).fill(null) };
}

/** The places of the largest, the largest first; of equal ones the first. */
function likeliestOf(row) {
  const best = [];
  for (const [place, share] of row.entries()) {
    if (best.length === GUESSES && share <= row[best.at(-1)]) continue;
    const rank = best.findIndex((other) => share > row[other]);
    best.splice(rank < 0 ? best.length : rank, 0, place);
    best.length = Math.min(best.length, GUESSES);
  }
  return best;
}

/** Six significant digits, as Python sends them; null where there is no number. */
function digits(value) {
  return value === null || !Number.isFinite(value) ? null : Number(value.toPrecision(6));
}
