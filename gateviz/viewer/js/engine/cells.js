// The three cells forward, beside textbook/scratch.py: one layer, one direction, in double precision.
//
//   rnn    h = tanh(a)                                             a = W_x x + b_x + W_h h' + b_h, and h' is h of the step before
//   lstm   i, f, o = sigmoid(a_i), sigmoid(a_f), sigmoid(a_o)      g = tanh(a_g)     c = f c' + i g     h = o tanh(c)
//   gru    r, z = sigmoid(x_r + h_r), sigmoid(x_z + h_z)           n = tanh(x_n + r h_n)                h = (1 - z) n + z h'
//
// Weights are as PyTorch stacks them: the rows of each gate in the order of SIGNALS. The values of one step lie side by side:
// values[step * units + unit].

/** What each cell computes at a step, in the order of the equations. */
export const SIGNALS = {
  rnn: ["preactivation", "hidden_state"],
  lstm: ["input_gate", "forget_gate", "candidate", "output_gate", "cell_state", "hidden_state"],
  gru: ["reset_gate", "update_gate", "candidate", "hidden_state"],
};

/** The states that each cell hands on to its next step. */
const STATES = { rnn: ["hidden_state"], lstm: ["hidden_state", "cell_state"], gru: ["hidden_state"] };

const STEPS = { rnn: rnnStep, lstm: lstmStep, gru: gruStep };

/**
 * @typedef {object} CellWeights
 * @property {number} units
 * @property {number} width How many numbers are read at a step.
 * @property {Float64Array} fromX W_x: (gates * units) rows of `width`.
 * @property {Float64Array} fromH W_h: (gates * units) rows of `units`.
 * @property {Float64Array} biasX b_x, (gates * units).
 * @property {Float64Array} biasH b_h, (gates * units).
 */

/**
 * Read all steps of `inputs`.
 *
 * @param {string} cell
 * @param {CellWeights} weights
 * @param {Float64Array} inputs (time * width)
 * @param {object} how
 * @param {?Object<string, Float64Array>} how.start The states before the first step, (units) each; zeros if null.
 * @param {boolean} how.reverse Whether the last step is read first.
 * @param {?function(string, number, Float64Array)} how.hold Called with each signal's name, the step and its values (units),
 *   which it may change before the next equation reads them.
 * @returns {{signals: Object<string, Float64Array>, resetTerm: Float64Array, start: object, final: object}} Signals are
 *   (time * units). The reset term, W_hn h' + b_hn, is what a GRU's reset gate multiplies.
 */
export function runCell(cell, weights, inputs, { start = null, reverse = false, hold = null } = {}) {
  const { units, width } = weights;
  const steps = inputs.length / width;
  const names = SIGNALS[cell];
  const signals = Object.fromEntries(names.map((name) => [name, new Float64Array(steps * units)]));
  const resetTerm = new Float64Array(cell === "gru" ? steps * units : 0);
  const first = start ?? Object.fromEntries(STATES[cell].map((name) => [name, new Float64Array(units)]));
  const x = new Float64Array(weights.biasX.length);
  const h = new Float64Array(weights.biasX.length);
  let before = first;
  for (let count = 0; count < steps; count++) {
    const t = reverse ? steps - 1 - count : count;
    multiply(weights.fromX, inputs.subarray(t * width, (t + 1) * width), weights.biasX, x);
    multiply(weights.fromH, before.hidden_state, weights.biasH, h);
    const now = {};
    for (const name of names) now[name] = signals[name].subarray(t * units, (t + 1) * units);
    STEPS[cell](x, h, before, now, (name) => hold?.(name, t, now[name]));
    if (cell === "gru") resetTerm.set(h.subarray(2 * units), t * units);
    before = now;
  }
  return { signals, resetTerm, start: first, final: Object.fromEntries(STATES[cell].map((name) => [name, before[name].slice()])) };
}

/** `now.name` is computed from the sums x = W_x x_t + b_x and h = W_h h_{t-1} + b_h; `held` is told when it is. */
function rnnStep(x, h, _before, now, held) {
  for (let u = 0; u < x.length; u++) now.preactivation[u] = x[u] + h[u];
  held("preactivation");
  for (let u = 0; u < x.length; u++) now.hidden_state[u] = Math.tanh(now.preactivation[u]);
  held("hidden_state");
}

function lstmStep(x, h, before, now, held) {
  const { input_gate: i, forget_gate: f, candidate: g, output_gate: o, cell_state: c } = now;
  const units = c.length;
  for (let u = 0; u < units; u++) {
    i[u] = sigmoid(x[u] + h[u]);
    f[u] = sigmoid(x[units + u] + h[units + u]);
    g[u] = Math.tanh(x[2 * units + u] + h[2 * units + u]);
    o[u] = sigmoid(x[3 * units + u] + h[3 * units + u]);
  }
  for (const name of ["input_gate", "forget_gate", "candidate", "output_gate"]) held(name);
  for (let u = 0; u < units; u++) c[u] = f[u] * before.cell_state[u] + i[u] * g[u]; // keep some of the old, write some of the new
  held("cell_state");
  for (let u = 0; u < units; u++) now.hidden_state[u] = o[u] * Math.tanh(c[u]);
  held("hidden_state");
}

function gruStep(x, h, before, now, held) {
  const { reset_gate: r, update_gate: z, candidate: n } = now;
  const units = n.length;
  for (let u = 0; u < units; u++) {
    r[u] = sigmoid(x[u] + h[u]);
    z[u] = sigmoid(x[units + u] + h[units + u]);
  }
  held("reset_gate");
  held("update_gate");
  for (let u = 0; u < units; u++) n[u] = Math.tanh(x[2 * units + u] + r[u] * h[2 * units + u]); // r: how much of the old it sees
  held("candidate");
  for (let u = 0; u < units; u++) now.hidden_state[u] = (1 - z[u]) * n[u] + z[u] * before.hidden_state[u];
  held("hidden_state");
}

export function sigmoid(a) {
  return 1 / (1 + Math.exp(-a));
}

/** sums = W v + b. Four rows at a time, so that no addition waits for the one before: that halves the time. */
export function multiply(matrix, vector, bias, sums) {
  const width = vector.length;
  let row = 0;
  for (; row + 3 < sums.length; row += 4) {
    const at = row * width;
    let [a, b, c, d] = [bias[row], bias[row + 1], bias[row + 2], bias[row + 3]];
    for (let j = 0; j < width; j++) {
      a += matrix[at + j] * vector[j];
      b += matrix[at + width + j] * vector[j];
      c += matrix[at + 2 * width + j] * vector[j];
      d += matrix[at + 3 * width + j] * vector[j];
    }
    sums[row] = a;
    sums[row + 1] = b;
    sums[row + 2] = c;
    sums[row + 3] = d;
  }
  for (; row < sums.length; row++) {
    let a = bias[row];
    for (let j = 0; j < width; j++) a += matrix[row * width + j] * vector[j];
    sums[row] = a;
  }
}
