// The sentence that the shown one is compared with, as the models of the picture read it, step beside step.

import { tokensOf } from "../reading/picture_of_text.js";
import { alignedSteps, columnsOf } from "./alignment.js";
import { broughtOver, differenceNorms, lifeOf } from "./differences.js";

/**
 * @typedef {object} Compared
 * @property {string} text
 * @property {{text: string, known: boolean}[]} tokens
 * @property {(number|null)[]} steps For each step of the shown sentence the one of this that belongs to it.
 * @property {[?number, ?number][]} columns How the two stand under each other.
 * @property {Object<string, object>} expected By cell: what it answers after each of this sentence's own steps.
 * @property {Object<string, Object<string, Float32Array>>} signals By cell and name, on the steps of the shown sentence.
 * @property {Object<string, Object<string, Float32Array>>} plain The shown sentence, as the engine reads it.
 * @property {Object<string, object>} plainExpected What is answered to it, as the engine computes it.
 */

/**
 * Read a text beside the shown one, one architecture after another, so that the page can draw between them.
 * @param {import("../picture/pieces.js").Picture} picture
 * @param {string} text
 * @returns {Promise<Compared>} Rejects where the weights do not come, or where the text cannot be read.
 */
export async function readBeside(picture, text) {
  const { header, reader } = picture;
  await reader.ready();
  const [own, others] = [{}, {}];
  for (const cell of header.cells) {
    own[cell] = reader.read(cell, header.text);
    others[cell] = reader.read(cell, text);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return beside(header, text, own, others);
}

/** The same from readings of both, as sentence_reader.js gives them. */
function beside({ cells }, text, own, others) {
  const [first] = cells;
  const [shown, tokens] = [own, others].map((readings) => tokensOf(cells.map((cell) => readings[cell].tokens)));
  const count = tokens.length;
  const steps = alignedSteps(textsOf(shown), textsOf(tokens), decodersOf(own[first], others[first]));
  const bring = (signals) => Object.fromEntries(Object.entries(signals).map(([name, values]) => [name, broughtOver(values, steps, count)]));
  const byCell = (make) => Object.fromEntries(cells.map((cell) => [cell, make(cell)]));
  return {
    text,
    tokens,
    steps,
    columns: columnsOf(steps, count),
    expected: byCell((cell) => others[cell].expected),
    signals: byCell((cell) => bring(others[cell].signals)),
    plain: byCell((cell) => own[cell].signals),
    plainExpected: byCell((cell) => own[cell].expected),
  };
}

function textsOf(tokens) {
  return tokens.map(({ text }) => text);
}

/** Where the decoders begin, or null. */
function decodersOf(one, other) {
  return one.expected.kind === "text" ? [one.expected.asked_from, other.expected.asked_from] : null;
}

/** The step at which the other sentence stands while the shown one is at `step`: its counterpart, or the last one before. */
export function otherStep({ steps }, step) {
  return steps.slice(0, step + 1).findLast((other) => other !== null) ?? 0;
}

/** The step of the shown sentence that belongs to one of the other's: its counterpart, or the last one before. */
export function stepBeside({ columns }, other) {
  const place = columns.findIndex(([, each]) => each === other);
  return columns.slice(0, place + 1).findLast(([step]) => step !== null)?.[0] ?? 0;
}

/** The states of each architecture, by cell: what it keeps first. */
export function statesOf({ cells }, signals) {
  return Object.fromEntries(cells.map((cell) => [cell, ["cell_state", "hidden_state"].filter((signal) => signals[cell][signal])]));
}

/**
 * How the states of the two differ over the steps.
 * @returns {{cell: string, signal: string, norms: Float64Array, life: ?object}[]}
 */
export function livesOf(picture, compared) {
  const { header, signals, plain } = picture;
  const states = statesOf(header, signals);
  return header.cells.flatMap((cell) => {
    const shown = signals[cell] === plain.signals[cell] ? compared.plain[cell] : signals[cell]; // what Python sent is rounded
    return states[cell].map((signal) => {
      const norms = differenceNorms(shown[signal], compared.signals[cell][signal], header.tokens.length);
      return { cell, signal, norms, life: lifeOf(norms, header.reverse) };
    });
  });
}
