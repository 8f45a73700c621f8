// What the lab measures of one seed: for each cell the gradient that reaches furthest back, and what theory says of it.

import { sigmoid } from "../engine/cells.js";
import { drawNetwork } from "./drawn_network.js";
import { furthestGradient } from "./furthest_gradient.js";
import { factorsOf } from "./step_factors.js";

export const CELLS = ["rnn", "lstm", "gru"];

/**
 * @param {string} cell
 * @param {object} settings Those of settings.js.
 * @param {?{direction: Float64Array}} near What was measured with settings nearby: it is measured from there, and `turns` may be few.
 * @returns {Measured}
 *
 * @typedef {object} Measured
 * @property {Float64Array} hidden log10 of the norm of dL/dh at every step.
 * @property {?Float64Array} cell The same of an LSTM's dL/dc.
 * @property {number} rate log10 of what theory leaves of a gradient at each step: the spectral radius of an RNN, else the gate
 *   that keeps where nothing is read and no state is kept, averaged over the units.
 * @property {?number} slope Of an RNN: the mean over units and steps of the slope of its nonlinearity.
 * @property {Float64Array} direction
 */
export function measure(cell, settings, near = null, turns = undefined) {
  const network = drawNetwork(cell, settings);
  const all = factorsOf(network);
  const found = furthestGradient(all, near?.direction.length === all.units ? near.direction : null, turns);
  return { ...found, rate: rateOf(network), slope: cell === "rnn" ? meanOf(all.factors.subarray(all.units)) : null };
}

function rateOf({ cell, radius, weights: { units, biasX, biasH } }) {
  if (cell === "rnn") return Math.log10(radius);
  const keeps = Float64Array.from({ length: units }, (_, unit) => Math.log10(sigmoid(biasX[units + unit] + biasH[units + unit])));
  return meanOf(keeps);
}

function meanOf(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Several seeds together, by step: the median, and the ends of the band.
 * @param {Float64Array[]} curves Of the seeds.
 */
export function together(curves) {
  const [middle, low, high] = [0, 0, 0].map(() => new Float64Array(curves[0].length));
  for (let t = 0; t < middle.length; t++) {
    const values = curves.map((curve) => curve[t]).sort((one, other) => one - other);
    const half = (values.length - 1) / 2;
    middle[t] = (values[Math.floor(half)] + values[Math.ceil(half)]) / 2;
    [low[t], high[t]] = [values[0], values.at(-1)];
  }
  return { middle, low, high };
}
