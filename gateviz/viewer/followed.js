// Signals that follow from others, as followed.py says: of these came how far each number lies from that.

const FOLLOWED = {
  lstm: {
    cell_state: ({ forget_gate: f, input_gate: i, candidate: g }, before) => (at) => f[at] * before(at) + i[at] * g[at],
    hidden_state: ({ output_gate: o, cell_state: c }) => (at) => o[at] * Math.tanh(c[at]),
  },
  gru: {
    hidden_state: ({ update_gate: z, candidate: n }, before) => (at) => (1 - z[at]) * n[at] + z[at] * before(at),
  },
};

/** Put the numbers in the place of their distances: Uint32Array of words, `units` a step, on which time runs `reverse` or not. */
function follow(cell, signal, named, { units, reverse }) {
  const numbers = named[signal];
  const sent = new Uint32Array(numbers.buffer);
  const [one, bits] = bitsOfOne();
  const steps = sent.length / units;
  const back = reverse ? units : -units;
  const before = (at) => numbers[at + back] ?? 0;
  const expected = FOLLOWED[cell][signal](named, before);
  for (let turn = 0; turn < steps; turn++) {
    const from = (reverse ? steps - 1 - turn : turn) * units;
    for (let at = from; at < from + units; at++) {
      one[0] = expected(at);
      const near = Number.isFinite(one[0]) ? (bits[0] + 0x7f + ((bits[0] >>> 8) & 1)) >>> 8 : 0;
      const far = sent[at] >>> 8;
      sent[at] = (near + ((far >>> 1) ^ -(far & 1))) << 8;
    }
  }
}

/** A float32, and its bits. */
function bitsOfOne() {
  const one = new Float32Array(1);
  return [one, new Uint32Array(one.buffer)];
}
