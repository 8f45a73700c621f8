// The sum inside a gate in its parts, and the products of which it is made, as recording/gate_sums.py has them.
//
//   W x + U h' + b                 x is what the layer reads, h' the hidden state of the step before, b both biases
//   W x + b_x + r (U h' + b_h)     of a GRU's candidate

import { SIGNALS, sigmoid } from "./cells.js";
import { readBoth } from "./encoder_decoder.js";
import { runNetwork } from "./network.js";

/**
 * @typedef {object} Stretch Steps that share their weights: all, or those of an encoder, or of its decoder.
 * @property {number} from The first of them.
 * @property {CellWeights} weights
 * @property {Float64Array} inputs What the layer reads at them, (time * width).
 */

/**
 * Which weights weigh what in one layer and direction of a run.
 *
 * @param {{weights: CellWeights, inputs: Float64Array, later: ?object}} layer `later` is a decoder's layer on an encoder's.
 * @returns {Stretch[]}
 */
export function stretchesOf({ weights, inputs, later = null }) {
  const first = { from: 0, weights, inputs };
  return later ? [first, { from: inputs.length / weights.width, weights: later.weights, inputs: later.inputs }] : [first];
}

/**
 * The same without the run: only what lies below the layer is computed, and no answers.
 *
 * @param {object} model That of createModel().
 * @param {Float64Array} inputs What the lowest layer reads, (time * width).
 * @param {{layer: number, direction: string, length: ?number}} place `length` is how many characters a decoder writes.
 * @returns {Stretch[]}
 */
export function stretchesAt(model, inputs, { layer, direction, length = null }) {
  if (model.decoder) {
    const { encoder, decoder } = readBoth(model, inputs, { length });
    return stretchesOf({ ...encoder.layers[layer], later: decoder.layers[layer] });
  }
  const { output } = runNetwork(model.config.cell, model.network.slice(0, layer), inputs);
  return stretchesOf({ weights: model.network[layer][direction === "reverse" ? 1 : 0], inputs: output });
}

/** Whether a signal is made of a sum: each gate and candidate, and a plain RNN's hidden state. */
export function isSum(cell, signal) {
  return cell === "rnn" || !signal.endsWith("state");
}

/**
 * One unit's sum at one step, in its parts and by its products.
 *
 * @param {string} cell
 * @param {Stretch[]} stretches
 * @param {{signal: string, step: number, unit: number}} which Of a signal for which isSum() is true.
 * @param {{before: ?ArrayLike<number>, reset: number}} states The hidden state of the step before, null before the first; and
 *   of a GRU's candidate the unit's reset gate.
 * @returns {{inputs: number, recurrent: number, bias: number, recurrentBias: ?number, total: number, value: number,
 *   products: object[]}} The recurrent bias is that of a GRU's candidate, b_h, else null; `value` is what the total becomes in
 *   the sigmoid or the tanh. Products are {source: "x" or "h", component, weight, value, factor, product}, the largest first;
 *   the factor of those of h is the reset gate or 1.
 */
export function gateSum(cell, stretches, { signal, step, unit }, { before, reset }) {
  const { from, weights, inputs } = stretches.findLast((stretch) => stretch.from <= step);
  const { units, width, fromX, fromH, biasX, biasH } = weights;
  const row = (cell === "rnn" ? 0 : SIGNALS[cell].indexOf(signal)) * units + unit;
  const isApart = cell === "gru" && signal === "candidate"; // r multiplies what comes from h, and so it has a bias of its own
  const factor = isApart ? reset : 1;
  const x = productsOf("x", fromX.subarray(row * width, (row + 1) * width), inputs.subarray((step - from) * width), 1);
  const h = before ? productsOf("h", fromH.subarray(row * units, (row + 1) * units), before, factor) : [];
  const [fromInput, fromState] = [x, h].map((products) => products.reduce((sum, { weight, value }) => sum + weight * value, 0));
  const bias = isApart ? biasX[row] : biasX[row] + biasH[row];
  const recurrentBias = isApart ? biasH[row] : null;
  const total = fromInput + bias + factor * (fromState + (recurrentBias ?? 0));
  return {
    inputs: fromInput,
    recurrent: fromState,
    bias,
    recurrentBias,
    total,
    value: signal.endsWith("gate") ? sigmoid(total) : Math.tanh(total),
    products: [...x, ...h].sort((one, other) => Math.abs(other.product) - Math.abs(one.product)),
  };
}

function productsOf(source, weights, values, factor) {
  return Array.from(weights, (weight, component) => {
    const value = values[component];
    return { source, component, weight, value, factor, product: factor * weight * value };
  });
}
