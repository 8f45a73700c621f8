// An encoder that reads a text and a decoder that writes another, from the encoder's last state: models/encoder_decoder.py.

import { embed, likeliest, runNetwork, scoresOf } from "./network.js";

const START = "→"; // the decoder's first token, at which it reads the embedding of the last label, with which it ends
const LONGEST = 32;

/**
 * The encoder over the text, then the decoder over what it wrote, always the likeliest character.
 *
 * @param {object} model That of createModel().
 * @param {Float64Array} inputs What the encoder reads, (time * width).
 * @param {?number} length How many characters the decoder writes; until it ends, if null.
 * @returns {{layers: object[], answers: Float64Array[], written: string[]}} At the steps of both.
 */
export function runBoth(model, inputs, length = null) {
  const { config, network, outputs } = model;
  const encoder = runNetwork(config.cell, network, inputs);
  const ids = write(model, encoder.final, length);
  const decoder = decode(model, ids, encoder.final);
  const first = Array.from({ length: inputs.length / config.embedding_size }, (_, t) => {
    return scoresOf(model.head, decode(model, ids.slice(0, 1), statesAt(encoder.layers, t)).output);
  });
  return {
    layers: encoder.layers.map((layer, number) => ({ ...layer, signals: joined(layer.signals, decoder.layers[number].signals) })),
    answers: [...first, ...ids.map((_, t) => scoresOf(model.head, decoder.output.subarray(t * config.hidden_size, (t + 1) * config.hidden_size)))],
    written: [START, ...ids.slice(1).map((id) => outputs[id])],
  };
}

function decode({ config, decoder, written }, ids, state) {
  return runNetwork(config.cell, decoder, embed(ids, written, config), { state });
}

/** What the decoder reads: the mark, then each label that it wrote. */
function write(model, state, length) {
  const end = model.outputs.length - 1;
  const ids = [end];
  let run = decode(model, ids, state);
  while (ids.length - 1 < (length ?? LONGEST)) {
    const id = likeliest(scoresOf(model.head, run.output));
    if (length === null && id === end) break;
    ids.push(id);
    run = decode(model, [id], run.final);
  }
  return ids;
}

/** The states of all layers after step t. */
function statesAt(layers, t) {
  return layers.map(({ signals, final, weights: { units } }) => {
    return Object.fromEntries(Object.keys(final).map((name) => [name, signals[name].slice(t * units, (t + 1) * units)]));
  });
}

function joined(first, second) {
  return Object.fromEntries(Object.keys(first).map((name) => {
    const both = new Float64Array(first[name].length + second[name].length);
    both.set(first[name]);
    both.set(second[name], first[name].length);
    return [name, both];
  }));
}
