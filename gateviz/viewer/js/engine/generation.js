// Goes on with a text, a token at a time, as models/generation.py. The state is kept: each step costs the same.

import { embed, runNetwork, scoresOf, softmax } from "./network.js";
import { createGenerator, draw } from "./sampling.js";

/**
 * @typedef {object} Writing How a text is written.
 * @property {number} [temperature] Scores are divided by it; 0 always takes the likeliest token.
 * @property {?number} [topK] Only so many of the likeliest tokens can be drawn; null: all of them.
 * @property {number|bigint} [seed]
 * @property {number} [stream] Is added to the seed.
 * @property {number} [maxSteps]
 * @property {?function(string): ?string[]} [guide] The tokens that may come next after a text: null allows any token, an empty
 *   list ends the text. A single token is written even if the model does not know it.
 * @property {function(number): Clamp[]} [clampsAt] What is held at a step, as clamps of a text of that one step.
 */

/**
 * A text that grows by a token with each call of `next`, and what the model computes at each of its tokens.
 *
 * @param {object} model That of createModel(): one that answers with the next character or word.
 * @param {string} prompt It has one token at least.
 * @param {Writing} how
 * @returns {{texts: string[], scores: () => Float64Array, next: () => ?{text: string, id: number, probability: number, layers: object[]}}}
 *   `texts`: the tokens so far; `scores`: after the last of them. `next` is null when the text has ended; the probability is the
 *   model's own, before temperature, top k and guide; the layers have the token's signals, (units) each.
 */
export function createWriter(model, prompt, { temperature = 1, topK = null, seed = 0, stream = 0, maxSteps = 200, guide = null, clampsAt = () => [] } = {}) {
  const { config, tokenizer, network, head } = model;
  if (config.answers !== "next") throw new RangeError(`this model answers with a ${config.answers}: only one that answers with the next token writes`);
  const tokens = tokenizer.tokenize(prompt);
  if (!tokens.length) throw new RangeError("the prompt is empty: give at least one token to go on from");
  const random = createGenerator(BigInt(seed) + BigInt(stream));
  const texts = [];
  let state = null;
  let scores = null;
  let left = maxSteps;

  function read(text, id) {
    const run = runNetwork(config.cell, network, embed([id], model.table, config), { state, clamps: clampsAt(texts.length) });
    texts.push(text);
    state = run.final;
    scores = scoresOf(head, run.output);
    return run.layers;
  }
  for (const { text, id } of tokens) read(text, id);

  function next() {
    const allowed = guide?.(texts.join("")) ?? null;
    if (!left || allowed?.length === 0) return null;
    left -= 1;
    const shares = softmax(scores);
    const { id, text } = allowed?.length === 1 ? tokenizer.tokenize(allowed[0])[0] : drawn(model, guided(scores, model.outputs, allowed), texts, { temperature, topK }, random);
    return { text, id, probability: shares[id] ?? 0, layers: read(text, id) };
  }
  return { texts, scores: () => scores, next };
}

/** The tokens that a writer writes, one after another, until the text has ended. */
export const generate = function* (model, prompt, how) {
  const { next } = createWriter(model, prompt, how);
  for (let token = next(); token; token = next()) yield token;
};

function guided(scores, outputs, allowed) {
  if (!allowed) return scores.slice();
  const open = new Set(allowed);
  return scores.map((score, id) => (open.has(outputs[id]) ? score : -Infinity));
}

/** A token that the tokenizer finds again in the text; the last that is left may be another. */
function drawn({ tokenizer }, scores, texts, sampling, random) {
  for (let left = scores.filter(Number.isFinite).length; ; left--) {
    const id = draw(scores, sampling, random);
    const text = tokenizer.spell(id, texts);
    if (text !== null || left === 1) return { id, text: text ?? tokenizer.entries[id] };
    scores[id] = -Infinity;
  }
}
