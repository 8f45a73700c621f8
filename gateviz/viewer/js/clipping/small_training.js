// A small network trained here, with and without clipping: its loss, the gradient by its weights, and the way that training takes.
//
// One sequence is read, and all units are to end at TARGET: L = 1/2 the mean over the units of (h_T - TARGET)^2. So small a task
// shows the walls of a loss as they are; there is no average over sequences that would smooth them.

import { addTransposed } from "../engine/backward.js";
import { factorsOf } from "../lab/step_factors.js";

const TARGET = 0.5;

const NAMES = ["fromX", "fromH", "biasX", "biasH"];
const ROUNDING = 1e-6; // torch.nn.utils.clip_grad_norm_ adds it to the norm

/** @param {object} network That of drawNetwork(). @returns {number} */
export function lossOf(network) {
  const { hidden, units, steps } = factorsOf(network);
  let sum = 0;
  for (let u = 0; u < units; u++) sum += (hidden[(steps - 1) * units + u] - TARGET) ** 2;
  return sum / (2 * units);
}

/**
 * The loss and its gradient by all weights.
 * @returns {{loss: number, gradient: Object<string, Float64Array>, norm: number}} The norm is over all weights together.
 */
export function gradientOf(network) {
  const all = factorsOf(network);
  const { hidden, units, steps } = all;
  const gradient = Object.fromEntries(NAMES.map((name) => [name, new Float64Array(network.weights[name].length)]));
  let loss = 0;
  const h = new Float64Array(units);
  for (let u = 0; u < units; u++) {
    const error = hidden[(steps - 1) * units + u] - TARGET;
    loss += error ** 2 / (2 * units);
    h[u] = error / units;
  }
  backThroughTime(all, network, h, gradient);
  return { loss, gradient, norm: Math.sqrt(NAMES.reduce((sum, name) => sum + gradient[name].reduce((own, value) => own + value * value, 0), 0)) };
}

function backThroughTime(all, { weights: { width }, inputs }, start, gradient) {
  const { steps, units, fromH, factors, keep, through, hidden, toCandidate } = all;
  const rows = factors.length / steps;
  const c = new Float64Array(units);
  let h = start;
  for (let t = steps - 1; t >= 0; t--) {
    const toH = new Float64Array(units);
    const pre = new Float64Array(rows);
    for (let u = 0; u < units; u++) {
      if (through) c[u] += h[u] * through[t * units + u];
      else toH[u] = keep[t * units + u] * h[u];
      for (let row = u; row < rows; row += units) pre[row] = factors[t * rows + row] * (through && row < 3 * units ? c[u] : h[u]);
      if (through) c[u] *= keep[t * units + u];
    }
    const preX = pre.slice();
    if (toCandidate) for (let u = 0; u < units; u++) preX[2 * units + u] = h[u] * toCandidate[t * units + u];
    addOuter(gradient.fromX, preX, inputs.subarray(t * width, (t + 1) * width));
    if (t) addOuter(gradient.fromH, pre, hidden.subarray((t - 1) * units, t * units));
    for (let row = 0; row < rows; row++) {
      gradient.biasX[row] += preX[row];
      gradient.biasH[row] += pre[row];
    }
    addTransposed(fromH, pre, toH);
    h = toH;
  }
}

function addOuter(sums, column, row) {
  for (let i = 0; i < column.length; i++) for (let j = 0; j < row.length; j++) sums[i * row.length + j] += column[i] * row[j];
}

/** What `clip_grad_norm_` multiplies a gradient of that norm by; 1 where it is not clipped. */
export function clipFactor(norm, most) {
  return most === null ? 1 : Math.min(1, most / (norm + ROUNDING));
}

/** The network whose weights are moved along a gradient by so much. */
export function moved(network, gradient, by) {
  const weights = { ...network.weights };
  for (const name of NAMES) weights[name] = weights[name].map((value, at) => value + by * gradient[name][at]);
  return { ...network, weights };
}

/**
 * Gradient descent.
 * @param {object} network
 * @param {{rate: number, most: ?number, updates: number}} how The learning rate; the largest norm of a gradient, null: any.
 * @returns {{losses: number[], norms: number[], network: object}} Before each update, and the loss after the last; NaN and
 *   Infinity stand where they came. `network` is what has become of it.
 */
export function train(network, { rate, most, updates }) {
  const [losses, norms] = [[], []];
  let now = network;
  for (let turn = 0; turn < updates; turn++) {
    const { loss, gradient, norm } = gradientOf(now);
    losses.push(loss);
    norms.push(norm);
    now = moved(now, gradient, -rate * clipFactor(norm, most));
  }
  losses.push(lossOf(now));
  return { losses, norms, network: now };
}

/** The loss at so many places from `low` to `high` along a gradient's direction, in lengths of the weights' own space. */
export function lossAlong(network, { gradient, norm }, { low, high, places }) {
  return Array.from({ length: places }, (_, at) => lossOf(moved(network, gradient, -(low + ((high - low) * at) / (places - 1)) / norm)));
}
