// Goes on with a text, a token at a time, as models/generation.py. The state is kept: each step costs the same.

import { embed, runNetwork, scoresOf, softmax } from "./network.js";
import { createGenerator, draw } from "./sampling.js";

/**
 * @typedef {object} Writing How a text is written.
 * @property {number} [temperature] Scores are divided by it; 0 always takes the likeliest token.
 * @property {?number} [topK] Only so many of the likeliest tokens can be drawn; null: all of them.
 * @property {number|bigint} [seed]
 * @property {number} [stream] Is added to the seed.
 * @property {number} [maxSteps] How many tokens are written after the prompt.
 * @property {?function(string): ?string[]} [guide] The tokens that may come next after a text: null allows any token, an empty
 *   list ends the text. A single token is written even if the model does not know it.
 * @property {function(number): Clamp[]} [clampsAt] What is held at a step, as clamps of a text of that one step.
 */

/**
 * @typedef {object} WrittenToken
 * @property {string} text
 * @property {number} id
 * @property {boolean} known
 * @property {boolean} isGiven Whether it belongs to the prompt.
 * @property {?number} probability The model's own, before temperature, top k and guide; null of the first token of all.
 * @property {object[]} layers Those of runNetwork(), with the signals at this token, (units) each.
 * @property {Float64Array} scores Of what comes next, (outputs).
 */

/**
 * A text that is read and then written: each call of the function gives the next token, first those of the prompt; null at the end.
 *
 * @param {object} model That of createModel(): one that answers with the next character or word.
 * @param {string} prompt It has one token at least.
 * @param {Writing} how
 * @returns {() => ?WrittenToken}
 */
export function createWriter(model, prompt, { temperature = 1, topK = null, seed = 0, stream = 0, maxSteps = 200, guide = null, clampsAt = () => [] } = {}) {
  const { config, tokenizer, network, head, outputs } = model;
  if (config.answers !== "next") throw new RangeError(`this model answers with a ${config.answers}: only one that answers with the next token writes`);
  const given = tokenizer.tokenize(prompt);
  if (!given.length) throw new RangeError("the prompt is empty: give at least one token to go on from");
  const random = createGenerator(BigInt(seed) + BigInt(stream));
  const written = [];
  let state = null;
  let scores = null;

  function read({ text, id, known = true }, isGiven) {
    const probability = scores && (softmax(scores)[id] ?? 0);
    const { layers, output, final } = runNetwork(config.cell, network, embed([id], model.table, config), { state, clamps: clampsAt(written.length) });
    written.push(text);
    state = final;
    scores = scoresOf(head, output);
    return { text, id, known, isGiven, probability, layers, scores };
  }
  function chosen(allowed) {
    if (allowed?.length === 1) return tokenizer.tokenize(allowed[0])[0];
    return drawn(tokenizer, among(allowed, scores, outputs), written, { temperature, topK }, random);
  }
  return () => {
    if (written.length < given.length) return read(given[written.length], true);
    const allowed = guide?.(written.join("")) ?? null;
    if (written.length - given.length >= maxSteps || allowed?.length === 0) return null;
    return read(chosen(allowed), false);
  };
}

/** The tokens that a writer writes after the prompt. */
export const generate = function* (model, prompt, how) {
  const next = createWriter(model, prompt, how);
  for (let token = next(); token; token = next()) if (!token.isGiven) yield token;
};

/** The scores of the outputs that are allowed; of the others -Infinity. Null allows all. */
function among(allowed, scores, outputs) {
  if (!allowed) return scores.slice();
  const open = new Set(allowed);
  return scores.map((score, id) => (open.has(outputs[id]) ? score : -Infinity));
}

/** A token that the tokenizer finds again in the text; the last that is left may be another. */
function drawn(tokenizer, scores, written, sampling, random) {
  for (let left = scores.filter(Number.isFinite).length; ; left--) {
    const id = draw(scores, sampling, random);
    const text = tokenizer.spell(id, written);
    if (text !== null || left === 1) return { id, text: text ?? tokenizer.entries[id] };
    scores[id] = -Infinity;
  }
}
