// Backpropagation through time, beside the `backward` of textbook/scratch.py: from the loss's own part of dL/dh to all of it.
//
// d is dL/d(what follows). What is found out about the states before step t at step t belongs to the step that was read before.

/**
 * Through one layer and direction.
 *
 * @param {object} run One of the layers of runNetwork, without clamps.
 * @param {Float64Array} direct (time * units) the part of dL/dh_t that comes from the layer above or from the loss.
 * @param {?Float64Array} finalCell (units) what arrives at an LSTM's last cell state, where something went on from there.
 * @returns {{hidden_state: Float64Array, cell_state: ?Float64Array, inputs: Float64Array, start: object}} dL/dh and, of an LSTM,
 *   dL/dc, (time * units); dL/dx, (time * width); and dL/d(states before the first step), (units).
 */
function backThrough(run, direct, finalCell = null) {
  const { units, width, fromX, fromH } = run.weights;
  const steps = direct.length / units;
  const dH = direct.slice();
  const dC = run.cell === "lstm" ? new Float64Array(direct.length) : null;
  const dX = new Float64Array(run.inputs.length);
  const sums = new Float64Array(run.weights.biasX.length); // dL/da: of W_x x + b_x
  const recurrent = new Float64Array(run.weights.biasX.length); // of W_h h' + b_h, which a GRU's reset gate multiplies
  let later = { hidden_state: new Float64Array(units), cell_state: finalCell ?? new Float64Array(units) };
  let isReached = finalCell !== null;
  for (let count = 0; count < steps; count++) {
    const t = run.direction === "reverse" ? count : steps - 1 - count;
    const at = (values) => values.subarray(t * units, (t + 1) * units);
    isReached ||= at(dH).some((value) => value !== 0);
    if (!isReached) continue; // no loss comes after this step
    add(at(dH), later.hidden_state);
    const before = count === steps - 1 ? run.start : beforeStep(run, t);
    const to = { hidden_state: new Float64Array(units), cell_state: new Float64Array(units) };
    BACK[run.cell](run, at, before, { h: at(dH), c: dC && at(dC), later, to, sums, recurrent });
    addTransposed(fromX, sums, dX.subarray(t * width, (t + 1) * width));
    addTransposed(fromH, recurrent, to.hidden_state); // the long way back, through W_h
    later = to;
  }
  return { hidden_state: dH, cell_state: dC, inputs: dX, start: later };
}

const BACK = { rnn: rnnBack, lstm: lstmBack, gru: gruBack };

/** The states from which step t started. */
function beforeStep({ signals, direction, weights: { units } }, t) {
  const step = direction === "reverse" ? t + 1 : t - 1;
  const at = (values) => values?.subarray(step * units, (step + 1) * units);
  return { hidden_state: at(signals.hidden_state), cell_state: at(signals.cell_state) };
}

/** `d.sums` and `d.recurrent` are filled from d.h = dL/dh_t; what goes back without a matrix is put into `d.to`. */
function rnnBack({ signals }, at, _before, d) {
  const h = at(signals.hidden_state);
  for (let u = 0; u < h.length; u++) d.sums[u] = d.h[u] * (1 - h[u] ** 2); // tanh' = 1 - tanh^2
  d.recurrent.set(d.sums);
}

function lstmBack({ signals }, at, before, d) {
  const [i, f, g, o, c] = ["input_gate", "forget_gate", "candidate", "output_gate", "cell_state"].map((name) => at(signals[name]));
  const units = c.length;
  for (let u = 0; u < units; u++) {
    const squashed = Math.tanh(c[u]);
    d.c[u] = d.h[u] * o[u] * (1 - squashed ** 2) + d.later.cell_state[u]; // h = o tanh(c)
    d.sums[u] = d.c[u] * g[u] * i[u] * (1 - i[u]); // c has i g in it; sigmoid' = i (1 - i)
    d.sums[units + u] = d.c[u] * before.cell_state[u] * f[u] * (1 - f[u]); // c has f c' in it
    d.sums[2 * units + u] = d.c[u] * i[u] * (1 - g[u] ** 2);
    d.sums[3 * units + u] = d.h[u] * squashed * o[u] * (1 - o[u]);
    d.to.cell_state[u] = d.c[u] * f[u]; // the short way back: no matrix, only the forget gate
  }
  d.recurrent.set(d.sums);
}

function gruBack({ signals, resetTerm }, at, before, d) {
  const [r, z, n] = ["reset_gate", "update_gate", "candidate"].map((name) => at(signals[name]));
  const term = at(resetTerm);
  const units = n.length;
  for (let u = 0; u < units; u++) {
    const candidate = d.h[u] * (1 - z[u]) * (1 - n[u] ** 2); // h has (1 - z) n in it
    d.sums[u] = candidate * term[u] * r[u] * (1 - r[u]); // n has r (W_hn h' + b_hn) in it
    d.sums[units + u] = d.h[u] * (before.hidden_state[u] - n[u]) * z[u] * (1 - z[u]);
    d.sums[2 * units + u] = candidate;
    d.to.hidden_state[u] = d.h[u] * z[u]; // straight through z
  }
  d.recurrent.set(d.sums);
  for (let u = 0; u < units; u++) d.recurrent[2 * units + u] *= r[u];
}

function add(values, more) {
  for (let i = 0; i < values.length; i++) values[i] += more[i];
}

/** vector += W^T sums, four rows at a time. */
export function addTransposed(matrix, sums, vector) {
  const width = vector.length;
  let row = 0;
  for (; row + 3 < sums.length; row += 4) {
    const at = row * width;
    const [a, b, c, d] = [sums[row], sums[row + 1], sums[row + 2], sums[row + 3]];
    for (let j = 0; j < width; j++) {
      vector[j] += matrix[at + j] * a + matrix[at + width + j] * b + matrix[at + 2 * width + j] * c + matrix[at + 3 * width + j] * d;
    }
  }
  for (; row < sums.length; row++) for (let j = 0; j < width; j++) vector[j] += matrix[row * width + j] * sums[row];
}

/**
 * Through all layers of a run, from the top.
 *
 * @param {object[]} layers Of runNetwork.
 * @param {Float64Array} direct dL/d(output), (time * features).
 * @param {?object[]} final For each layer dL/d(states after the last step), where something went on from there, as a decoder does.
 * @returns {{layers: object[], inputs: Float64Array}} For each layer and direction what backThrough gives, with its `direct` part;
 *   and dL/dx of the lowest.
 */
export function backThroughLayers(layers, direct, final = null) {
  const found = [];
  let above = direct;
  for (let index = layers.at(-1).index; index >= 0; index--) {
    const pair = layers.filter((layer) => layer.index === index);
    const here = pair.map((run, side) => {
      const own = partOf(above, run.weights.units, side, pair.length);
      const ending = final?.[layers.indexOf(run)];
      if (ending) add(own.subarray(-run.weights.units), ending.hidden_state); // only of one direction: the last step is the last read
      return { index, direction: run.direction, direct: own, ...backThrough(run, own, ending?.cell_state) };
    });
    found.unshift(...here);
    above = here[0].inputs.slice();
    if (here.length > 1) add(above, here[1].inputs);
  }
  return { layers: found, inputs: above };
}

/** The values of one of `sides` directions, which lie side by side at each step. */
function partOf(values, units, side, sides) {
  return values.filter((_, i) => Math.floor(i / units) % sides === side);
}
