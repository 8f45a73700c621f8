// What is to be written: a text that goes on, or one or two quatrains.

import { acrostic, clausesOf, CLAUSES, formOf, quatrain, writesPoems } from "../engine/poems.js";

/**
 * @typedef {object} Plan
 * @property {string} prompt
 * @property {object} how What createWriter() takes besides temperature and top k.
 * @property {number} steps How many steps the text can have, with those of the prompt.
 * @property {boolean} isPoem
 */

export const LENGTHS = [20, 40, 60, 100, 200, 400];

/** The next of the lengths; the longest stays. */
export function longerLength(length) {
  return LENGTHS.find((one) => one > length) ?? length;
}

/** How a person has the text written. `begins`: what a poem begins with, "line", "nothing" or "heads". */
export function initialSettings() {
  return { temperature: 0.8, topK: null, seed: 0, length: 60, begins: "line", form: 5, rhyme: null, heads: "" };
}

/**
 * @param {object} model Of any of the cells.
 * @param {string} text What stands in the box of the sentence.
 * @param {object} settings
 * @returns {Plan[]}
 * @throws {PoemError} No poem begins so.
 */
export function plansOf(model, text, { seed, length, begins, form, rhyme, heads }) {
  if (!writesPoems(model)) return [{ prompt: text, how: { seed, maxSteps: length }, steps: model.tokenizer.tokenize(text).length + length, isPoem: false }];
  const first = begins === "line" ? beginningOf(text) : "";
  const poems = begins === "heads" ? acrostic(model, heads, form, rhyme, seed) : [quatrain(model, first, ownForm(first) ?? form, rhyme, seed)];
  return poems.map(({ prompt, how }) => ({ prompt, how, steps: 2 + CLAUSES * ((ownForm(first) ?? form) + 1), isPoem: true }));
}

/** What a poem goes on from: the text, or the first clause of one that is whole. */
export function beginningOf(text) {
  const clauses = clausesOf(text);
  return clauses.length >= CLAUSES ? clauses[0] : text;
}

function ownForm(first) {
  return first ? formOf(first) : null;
}
