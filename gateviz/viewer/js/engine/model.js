// A model that ships, in the browser: its card and its file are all that it needs. Double precision; no library.
//
//   const model = createModel(card, new Uint8Array(file));
//   const { tokens, layers, answers } = model.read("I grew up in France.");
//   layers[0].signals.forget_gate[step * units + unit]
//   model.read(text, { clamps: [{ signal: "forget_gate", value: 1, units: 3 }] });
//   model.gradients(text, 5).layers[0].hidden_state; // dL/dh of the loss at step 5
//   for (const { text } of model.generate("The Time ", { temperature: 0.8, topK: 5, seed: 1 })) ...

import { answersOf } from "./answers.js";
import { backThroughLayers } from "./backward.js";
import { createCharacterTokenizer } from "./character_tokenizer.js";
import { gradientsOfBoth, runBoth } from "./encoder_decoder.js";
import { generate } from "./generation.js";
import { lossAt } from "./losses.js";
import { embed, layersOf, runNetwork } from "./network.js";
import { createNumberTokenizer } from "./number_tokenizer.js";
import { readSafetensors } from "./safetensors.js";
import { stretchesAt } from "./sums.js";
import { createWordTokenizer } from "./word_tokenizer.js";

const TOKENIZERS = { characters: createCharacterTokenizer, words: createWordTokenizer, numbers: createNumberTokenizer };

/**
 * @param {object} card The model's card.json.
 * @param {Uint8Array} file Its model.safetensors.
 */
export function createModel(card, file) {
  const tensors = readSafetensors(file);
  const { config } = card;
  const tokenizer = TOKENIZERS[card.tokens](card.vocabulary);
  const model = {
    config,
    tokenizer,
    outputs: config.answers === "next" ? card.vocabulary : card.labels,
    table: tensors["embedding.weight"]?.values,
    network: layersOf(tensors, "recurrent", config),
    head: { weight: tensors["head.weight"].values, bias: tensors["head.bias"].values },
    written: tensors["written.weight"]?.values,
    decoder: config.answers === "text" ? layersOf(tensors, "decoder", config) : null,
  };

  /** The tokens of a text and what the module reads. */
  function readTokens(text) {
    const tokens = tokenizer.tokenize(text);
    if (!tokens.length) throw new RangeError("the text is empty: give at least one character");
    const ids = tokens.map(({ id }) => id);
    return { tokens, ids, inputs: embed(ids, model.table, config) };
  }
  /**
   * @param {string} text
   * @param {{clamps: Clamp[], state: ?object[], length: ?number}} how `length`: how many characters a decoder writes.
   * @returns {{tokens: string[], layers: object[], answers: Float64Array[]}} What was read at each step; each layer and direction
   *   with its signals, (time * units); and the scores after each step, (outputs).
   */
  function read(text, { clamps = [], state = null, length = null } = {}) {
    const { tokens, inputs } = readTokens(text);
    const texts = tokens.map((token) => token.text);
    if (model.decoder) {
      if (state) throw new RangeError("a model with a decoder is read from its beginning");
      const { written, ...both } = runBoth(model, inputs, { length, clamps });
      return { tokens: [...texts, ...written], ...both };
    }
    const run = runNetwork(config.cell, model.network, inputs, { clamps, state });
    return { tokens: texts, ...run, answers: answersOf(model, run, inputs, { clamps, state }) };
  }
  /**
   * How the loss at a step of a text depends on every state and input: a function of the step, of a text that is read once. A
   * model of two directions reads the text up to that step anew.
   */
  function gradientsOf(text) {
    const { ids, inputs } = readTokens(text);
    if (model.decoder) return (step) => gradientsOfBoth(model, inputs, step);
    const runOf = (given) => runNetwork(config.cell, model.network, given);
    const whole = config.bidirectional ? null : runOf(inputs);
    return (step) => {
      if (!Object.hasOwn(ids, step)) throw new RangeError(`step ${step} does not exist: there are ${ids.length}`);
      const run = whole ?? runOf(inputs.subarray(0, (step + 1) * config.embedding_size));
      const { loss, direct } = lossAt(model, run.output, step, ids);
      return { loss, ...backThroughLayers(run.layers, direct) };
    };
  }
  const gradients = (text, step) => gradientsOf(text)(step);
  /** What a layer reads of a text, and its weights: gateSum() of sums.js makes the sums of them. */
  const stretches = (text, place) => stretchesAt(model, readTokens(text).inputs, place);
  return { ...model, card, read, gradients, gradientsOf, stretches, generate: (prompt, how) => generate(model, prompt, how) };
}
