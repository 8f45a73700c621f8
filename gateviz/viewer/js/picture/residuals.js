// States that follow from other signals: c = f c + i g, h = o tanh(c), h = (1 - z) n + z h. The server sends only how far
// each number lies from that prediction, its residual (packing/residuals.py).

const PREDICTIONS = {
  lstm: {
    cell_state: ({ forget_gate: f, input_gate: i, candidate: g }, before) => (at) => f[at] * before(at) + i[at] * g[at],
    hidden_state: ({ output_gate: o, cell_state: c }) => (at) => o[at] * Math.tanh(c[at]),
  },
  gru: {
    hidden_state: ({ update_gate: z, candidate: n }, before) => (at) => (1 - z[at]) * n[at] + z[at] * before(at),
  },
};

/**
 * Replace the residuals of one signal by its numbers.
 * @param {Object<string, Float32Array>} named The cell's signals by name, `signal` among them.
 * @param {{units: number, reverse: boolean}} order How the numbers lie, and in which direction the cell has read them.
 */
export function decodeResiduals(cell, signal, named, { units, reverse }) {
  const numbers = named[signal];
  const bits = new Uint32Array(numbers.buffer);
  const single = new Float32Array(1);
  const singleBits = new Uint32Array(single.buffer);
  const steps = bits.length / units;
  const back = reverse ? units : -units;
  const predict = PREDICTIONS[cell][signal](named, (at) => numbers[at + back] ?? 0);
  for (let turn = 0; turn < steps; turn++) {
    const from = (reverse ? steps - 1 - turn : turn) * units;
    for (let at = from; at < from + units; at++) {
      single[0] = predict(at);
      const predicted = Number.isFinite(single[0]) ? (singleBits[0] + 0x7f + ((singleBits[0] >>> 8) & 1)) >>> 8 : 0;
      const residual = bits[at] >>> 8; // 0, -1, 1, -2 are written as 0, 1, 2, 3
      bits[at] = (predicted + ((residual >>> 1) ^ -(residual & 1))) << 8;
    }
  }
}
