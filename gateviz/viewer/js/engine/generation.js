// Goes on with a text, a token at a time, as models/generation.py. The state is kept: each step costs the same.

import { embed, runNetwork, scoresOf, softmax } from "./network.js";
import { createGenerator, draw } from "./sampling.js";

/**
 * @param {object} model That of createModel(): one that answers with the next character or word.
 * @param {string} prompt It has one token at least.
 * @param {{temperature: number, topK: ?number, seed: number|bigint, maxSteps: number}} how
 * @yields {{text: string, id: number, probability: number}} The probability is the model's own, before temperature and top k.
 */
export const generate = function* (model, prompt, { temperature = 1, topK = null, seed = 0, maxSteps = 200 } = {}) {
  const { config, tokenizer, network, head } = model;
  const writes = config.answers === "next";
  if (!writes) throw new RangeError(`this model answers with a ${config.answers}: only one that answers with the next token writes`);
  const tokens = tokenizer.tokenize(prompt);
  if (!tokens.length) throw new RangeError("the prompt is empty: give at least one token to go on from");
  const random = createGenerator(seed);
  const texts = tokens.map(({ text }) => text);
  let unread = tokens.map(({ id }) => id);
  let state = null;
  for (let count = 0; count < maxSteps; count++) {
    const run = runNetwork(config.cell, network, embed(unread, model.table, config), { state });
    const scores = scoresOf(head, run.output.subarray(-config.hidden_size));
    const probabilities = softmax(scores);
    const { id, text } = chosen(tokenizer, scores, texts, { temperature, topK }, random);
    yield { text, id, probability: probabilities[id] };
    texts.push(text);
    unread = [id];
    state = run.final;
  }
};

/** A token that the tokenizer finds again in the text; the last that is left may be another. */
function chosen(tokenizer, scores, texts, sampling, random) {
  for (let left = scores.length; ; left--) {
    const id = draw(scores, sampling, random);
    const text = tokenizer.spell(id, texts);
    if (text !== null || left === 1) return { id, text: text ?? tokenizer.entries[id] };
    scores[id] = -Infinity;
  }
}
