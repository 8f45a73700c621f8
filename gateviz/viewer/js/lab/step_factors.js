// What each step of a network multiplies a gradient by, for all steps at once: gradients/backward.py. A network of one layer and
// one direction. With ' for the step before:
//
//   rnn, gru   dh = sum over the gates of factor_g (W_g dh') + keep dh'
//   lstm       dc = sum over i, f, g of factor_g (W_g dh') + keep dc'        dh = factor_o (W_o dh') + through dc

import { runCell } from "../engine/cells.js";

/**
 * @param {{cell: string, nonlinearity: string, weights: CellWeights, inputs: Float64Array}} network
 * @returns {StepFactors}
 *
 * @typedef {object} StepFactors
 * @property {string} cell
 * @property {number} units
 * @property {number} steps
 * @property {Float64Array} fromH
 * @property {Float64Array} factors (time * gates * units)
 * @property {Float64Array} keep (time * units): f, z, or 0.
 * @property {?Float64Array} through Of an LSTM, dh/dc, (time * units).
 * @property {Float64Array} hidden The states themselves, (time * units).
 * @property {?Float64Array} toCandidate Of a GRU, d(what its candidate adds up from x)/dh, (time * units): r does not multiply it.
 */
export function factorsOf(network) {
  const { cell, weights, nonlinearity, inputs } = network;
  const run = nonlinearity === "relu" ? runRelu(weights, inputs) : runCell(cell, weights, inputs);
  const { units, fromH } = weights;
  const steps = inputs.length / weights.width;
  const found = { rnn: rnnFactors, lstm: lstmFactors, gru: gruFactors }[cell](run, { units, steps, nonlinearity });
  return { cell, units, steps, fromH, hidden: run.signals.hidden_state, toCandidate: null, ...found };
}

/** An RNN with max(0, a) in the place of tanh, which no shipped model has. */
function runRelu({ units, width, fromX, fromH, biasX, biasH }, inputs) {
  const steps = inputs.length / width;
  const h = new Float64Array(steps * units);
  for (let t = 0; t < steps; t++) {
    for (let u = 0; u < units; u++) {
      let sum = biasX[u] + biasH[u];
      for (let j = 0; j < width; j++) sum += fromX[u * width + j] * inputs[t * width + j];
      if (t) for (let j = 0; j < units; j++) sum += fromH[u * units + j] * h[(t - 1) * units + j];
      h[t * units + u] = Math.max(0, sum);
    }
  }
  return { signals: { hidden_state: h } };
}

function rnnFactors({ signals: { hidden_state: h } }, { units, steps, nonlinearity }) {
  const slope = nonlinearity === "relu" ? (value) => (value <= 0 ? 0 : 1) : (value) => 1 - value * value;
  return { factors: h.map(slope), keep: new Float64Array(steps * units), through: null };
}

function lstmFactors({ signals }, { units, steps }) {
  const { input_gate: i, forget_gate: f, candidate: g, output_gate: o, cell_state: c } = signals;
  const factors = new Float64Array(steps * 4 * units);
  const through = new Float64Array(steps * units);
  for (let at = 0; at < steps * units; at++) {
    const place = Math.floor(at / units) * 4 * units + (at % units);
    const before = at < units ? 0 : c[at - units];
    const squashed = Math.tanh(c[at]);
    factors[place] = g[at] * i[at] * (1 - i[at]);
    factors[place + units] = before * f[at] * (1 - f[at]);
    factors[place + 2 * units] = i[at] * (1 - g[at] ** 2);
    factors[place + 3 * units] = squashed * o[at] * (1 - o[at]);
    through[at] = o[at] * (1 - squashed ** 2);
  }
  return { factors, keep: f, through };
}

function gruFactors({ signals, resetTerm }, { units, steps }) {
  const { reset_gate: r, update_gate: z, candidate: n, hidden_state: h } = signals;
  const factors = new Float64Array(steps * 3 * units);
  const toCandidate = new Float64Array(steps * units);
  for (let at = 0; at < steps * units; at++) {
    const place = Math.floor(at / units) * 3 * units + (at % units);
    const before = at < units ? 0 : h[at - units];
    const candidate = (1 - z[at]) * (1 - n[at] ** 2);
    factors[place] = candidate * resetTerm[at] * r[at] * (1 - r[at]);
    factors[place + units] = (before - n[at]) * z[at] * (1 - z[at]);
    factors[place + 2 * units] = candidate * r[at];
    toCandidate[at] = candidate;
  }
  return { factors, keep: z, through: null, toCandidate };
}
