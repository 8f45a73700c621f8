// An encoder that reads a text and a decoder that writes another, from the encoder's last state: models/encoder_decoder.py.

import { backThroughLayers } from "./backward.js";
import { clampsWithin } from "./clamps.js";
import { lossAt } from "./losses.js";
import { embed, likeliest, runNetwork, scoresOf } from "./network.js";

const START = "→"; // the decoder's first token, at which it reads the embedding of the last label, with which it ends
const LONGEST = 32;

/**
 * The encoder over the text, then the decoder over what it wrote, always the likeliest character.
 *
 * @param {object} model That of createModel().
 * @param {Float64Array} inputs What the encoder reads, (time * width).
 * @param {{length: ?number, clamps: Clamp[]}} how `length`: how many characters the decoder writes; until it ends, if null. A
 *   clamp at a step of the decoder holds it while it writes; steps count from 0, those of the encoder first.
 * @returns {{encoder: object, decoder: object, ids: number[], held: object}} The run of each, of runNetwork; what the decoder
 *   read; and what is held, of heldParts.
 */
export function readBoth(model, inputs, { length = null, clamps = [] } = {}) {
  const { config, network } = model;
  const held = heldParts(model, inputs, clamps);
  const encoder = runNetwork(config.cell, network, inputs, { clamps: held.encoder });
  const ids = write(model, encoder.final, length, held.decoder);
  return { encoder, decoder: decode(model, ids, encoder.final, held.decoder(0, ids.length)), ids, held };
}

/** The clamps of the encoder, and those of `count` steps of the decoder from its own step `first` on. */
function heldParts({ config }, inputs, clamps) {
  const typed = inputs.length / config.embedding_size;
  const within = (first, count) => clampsWithin(clamps, { first, count, total: typed + 1 + LONGEST, units: config.hidden_size });
  return { encoder: within(0, typed), decoder: (first, count) => within(typed + first, count) };
}

/**
 * The same, and what the model answers.
 *
 * @returns {{layers: object[], answers: Float64Array[], written: string[]}} At the steps of both. What a layer reads, and its
 *   weights, are the encoder's; `later` is the decoder's layer.
 */
export function runBoth(model, inputs, how = {}) {
  const { config, head, outputs } = model;
  const units = config.hidden_size;
  const { encoder, decoder, ids, held } = readBoth(model, inputs, how);
  const atFirst = held.decoder(0, 1); // what holds the decoder's first step also holds it after each beginning of the text
  const first = Array.from({ length: inputs.length / config.embedding_size }, (_, t) => {
    return scoresOf(head, decode(model, ids.slice(0, 1), statesAt(encoder.layers, t), atFirst).output);
  });
  const later = ids.map((_, t) => scoresOf(head, decoder.output.subarray(t * units, (t + 1) * units)));
  return {
    layers: encoder.layers.map((layer, number) => {
      const own = decoder.layers[number];
      return { ...layer, signals: joined(layer.signals, own.signals), later: own };
    }),
    answers: [...first, ...later],
    written: [START, ...ids.slice(1).map((id) => outputs[id])],
  };
}

function decode({ config, decoder, written }, ids, state, clamps = []) {
  return runNetwork(config.cell, decoder, embed(ids, written, config), { state, clamps });
}

/** What the decoder reads: the mark, then each label that it wrote. `held(first, count)` gives the clamps of its steps. */
function write(model, state, length, held = () => []) {
  const end = model.outputs.length - 1;
  const ids = [end];
  let run = decode(model, ids, state, held(0, 1));
  while (ids.length - 1 < (length ?? LONGEST)) {
    const id = likeliest(scoresOf(model.head, run.output));
    if (length === null && id === end) break;
    ids.push(id);
    run = decode(model, [id], run.final, held(ids.length - 1, 1));
  }
  return ids;
}

/** The states of all layers after step t. */
function statesAt(layers, t) {
  return layers.map(({ signals, final, weights: { units } }) => {
    return Object.fromEntries(Object.keys(final).map((name) => [name, signals[name].slice(t * units, (t + 1) * units)]));
  });
}

/**
 * How the loss at a step depends on every state of both: -log p (nats) of the model's own first guess. At a step of the encoder
 * that is the first character that would be written if the text ended there.
 *
 * @param {number} step Among those of runBoth.
 */
export function gradientsOfBoth(model, inputs, step) {
  const { config, network } = model;
  const { embedding_size: width, cell } = config;
  const typed = inputs.length / width;
  const ids = write(model, runNetwork(cell, network, inputs).final, null);
  const steps = typed + ids.length;
  if (!(Number.isInteger(step) && step >= 0 && step < steps)) throw new RangeError(`step ${step} does not exist: there are ${steps}`);
  const isEarly = step < typed;
  const encoder = runNetwork(cell, network, isEarly ? inputs.subarray(0, (step + 1) * width) : inputs);
  const decoder = decode(model, isEarly ? ids.slice(0, 1) : ids, encoder.final);
  const { loss, direct } = lossAt(model, decoder.output, isEarly ? 0 : step - typed, []);
  const later = backThroughLayers(decoder.layers, direct);
  const earlier = backThroughLayers(encoder.layers, new Float64Array(encoder.output.length), later.layers.map(({ start }) => start));
  const both = (first, second, size) => first && joinedArrays(first, isEarly ? [] : second, steps * size);
  const layers = earlier.layers.map(({ index, direction, ...of }, number) => {
    const names = ["hidden_state", "cell_state", "direct"];
    const whole = names.map((name) => [name, both(of[name], later.layers[number][name], config.hidden_size)]);
    return { index, direction, ...Object.fromEntries(whole) };
  });
  return { loss, inputs: both(earlier.inputs, later.inputs, width), layers };
}

function joined(first, second) {
  return Object.fromEntries(Object.keys(first).map((name) => [name, joinedArrays(first[name], second[name])]));
}

/** One array after the other, and zeros up to `size`. */
function joinedArrays(first, second, size = first.length + second.length) {
  const both = new Float64Array(size);
  both.set(first);
  both.set(second, first.length);
  return both;
}
