// The sum inside a gate, in its parts: what comes from the input, from the state before, from the bias. sums.py says
// what is sent of it; the rest is worked out here when it is first asked for.

const [NEARLY_ONE, NEARLY_ZERO] = [1 - 2 ** -8, 2 ** -100]; // beyond, a gate does not tell its sum, which was then sent

/** sumAt(signal, step, unit) -> {inputs, recurrent, bias, recurrentBias, total}, or null where no sums were sent, or none
 *  have come yet. */
function createSums(cell, picture) {
  const made = new WeakMap();
  return (signal, step, unit) => {
    const piece = picture.sumsAt(step);
    if (!piece?.sums) return null;
    if (!made.has(piece)) made.set(piece, sumsOf(cell, picture.header, piece));
    return made.get(piece)(signal, step - piece.first, unit);
  };
}

/** The same of one piece; steps count from its first. */
function sumsOf(cell, header, { signals, sums }) {
  const units = header.units[cell];
  const totals = {};
  const own = sums[cell];
  const squash = (signal) => (GATES.has(signal) ? "sigmoid" : header.squashes?.[cell] ?? "tanh");
  return (signal, step, unit) => {
    const parts = own?.parts[signal];
    if (!parts) return null;
    const at = step * units + unit;
    const ownBias = own.starts.findLastIndex((start) => start <= step) * units + unit; // of this stretch of the steps
    const [inputs, bias] = [parts.inputs[own.rows[step] * units + unit], parts.bias[ownBias]];
    if (parts.recurrent) {
      const [recurrent, recurrentBias] = [parts.recurrent[at], parts.recurrent_bias[ownBias]];
      const reset = signals[cell].reset_gate[at];
      return { inputs, bias, recurrent, recurrentBias, total: inputs + bias + reset * (recurrent + recurrentBias) };
    }
    const total = (totals[signal] ??= totalsOf(signals[cell][signal], parts.saturated, squash(signal)))[at];
    return { inputs, bias, recurrent: total - inputs - bias, recurrentBias: null, total };
  };
}

/** Whether a value does not tell its sum, and the sum of one that does. */
const INVERSES = {
  sigmoid: [(value) => value > NEARLY_ONE || value < NEARLY_ZERO, (value) => Math.log(value / (1 - value))],
  tanh: [(value) => Math.abs(value) > NEARLY_ONE, Math.atanh],
  relu: [(value) => value <= 0, (value) => value],
};

function totalsOf(values, saturated, squash) {
  const [untold, inverse] = INVERSES[squash];
  let next = 0;
  return values.map((value) => (untold(value) ? saturated[next++] : inverse(value)));
}
