// The layers of a model, one on another and in both directions, with what they read and the head that answers.

import { multiply, runCell } from "./cells.js";
import { holdOf } from "./clamps.js";

const DIRECTIONS = ["forward", "reverse"];

/**
 * The weights of a recurrent module by its name in the file, "recurrent" or "decoder".
 *
 * @returns {CellWeights[][]} For each layer that of each direction, forward before reverse.
 */
export function layersOf(tensors, name, { num_layers: layers, bidirectional }) {
  const ends = bidirectional ? ["", "_reverse"] : [""];
  return Array.from({ length: layers }, (_, layer) => ends.map((end) => {
    const of = (kind) => tensors[`${name}.${kind}_l${layer}${end}`];
    const [, width] = of("weight_ih").shape;
    const [, units] = of("weight_hh").shape;
    const [fromX, fromH, biasX, biasH] = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"].map((kind) => of(kind).values);
    return { units, width, fromX, fromH, biasX, biasH };
  }));
}

/**
 * Run all layers.
 *
 * @param {string} cell
 * @param {CellWeights[][]} layers
 * @param {Float64Array} inputs (time * width)
 * @param {{state: ?object[], clamps: Clamp[]}} how `state` has the states before the first step of each layer and direction,
 *   from the bottom up, forward before reverse; zeros if null. So has the `final` of a run.
 * @returns {{layers: object[], output: Float64Array, final: object[]}} Each layer and direction with its signals, what it read
 *   and its weights; the output is (time * features), forward before reverse.
 */
export function runNetwork(cell, layers, inputs, { state = null, clamps = [] } = {}) {
  const runs = [];
  let below = inputs;
  for (const [index, pair] of layers.entries()) {
    const steps = below.length / pair[0].width;
    const directions = DIRECTIONS.slice(0, pair.length);
    const here = pair.map((weights, side) => {
      const direction = directions[side];
      const place = { cell, layers: layers.length, layer: index, directions, direction, steps, units: weights.units };
      const hold = holdOf(clamps, place);
      const run = runCell(cell, weights, below, { start: state?.[runs.length + side], reverse: side === 1, hold });
      return { cell, index, direction, weights, inputs: below, ...run };
    });
    runs.push(...here);
    below = sideBySide(here.map(({ signals }) => signals.hidden_state), steps);
  }
  return { layers: runs, output: below, final: runs.map(({ final }) => final) };
}

/** Arrays of equally many steps as one, whose values of a step are those of the first array, then those of the second. */
function sideBySide(arrays, steps) {
  if (arrays.length === 1) return arrays[0];
  const sizes = arrays.map((array) => array.length / steps);
  const width = sizes[0] + sizes[1];
  const joined = new Float64Array(steps * width);
  for (let t = 0; t < steps; t++) {
    for (const [side, array] of arrays.entries()) {
      joined.set(array.subarray(t * sizes[side], (t + 1) * sizes[side]), t * width + side * sizes[0]);
    }
  }
  return joined;
}

/**
 * What the recurrent module reads, (time * width): rows of the embedding, one-hot rows, or numbers, of which the first of each
 * step is divided by the scale.
 */
export function embed(ids, table, { inputs, embedding_size: width, scale }) {
  const rows = new Float64Array(ids.length * width);
  for (const [t, id] of ids.entries()) {
    if (inputs === "embedding") rows.set(table.subarray(id * width, (id + 1) * width), t * width);
    else if (inputs === "one-hot") rows[t * width + id] = 1;
    else rows.set([id[0] / scale, ...id.slice(1)], t * width);
  }
  return rows;
}

/** The head's scores of one vector, (outputs). */
export function scoresOf({ weight, bias }, vector) {
  const scores = new Float64Array(bias.length);
  multiply(weight, vector, bias, scores);
  return scores;
}

/** The place of the largest score; of the first, if several are equal. */
export function likeliest(scores) {
  return scores.reduce((best, score, id) => (score > scores[best] ? id : best), 0);
}

/** e^score of each over the sum of them all. */
export function softmax(scores) {
  const highest = scores[likeliest(scores)];
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
