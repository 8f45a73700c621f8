// The sum inside a gate, in its parts: from the input, from the state before, from the bias. The server sends only some of
// these parts (packing/sums.py says which); the others are computed here when they are first asked for.

import { isGate } from "./signals.js";

const [NEARLY_ONE, NEARLY_ZERO] = [1 - 2 ** -8, 2 ** -100]; // beyond these a gate's value does not tell its sum, which is then sent

/**
 * @returns {(signal: string, step: number, unit: number) => ?object} Gives {inputs, recurrent, bias, recurrentBias, total},
 *   or null where no sums were sent, or where they have not come yet.
 */
export function createGateSums(cell, picture) {
  const made = new WeakMap(); // by piece
  return (signal, step, unit) => {
    const piece = picture.sumsAt(step);
    if (!piece?.sums) return null;
    if (!made.has(piece)) made.set(piece, sumsOfPiece(cell, picture.header, piece));
    return made.get(piece)(signal, step - piece.first, unit);
  };
}

/** The same for one piece. Steps count from its first. */
function sumsOfPiece(cell, header, { signals, sums }) {
  const units = header.units[cell];
  const totals = {};
  const own = sums[cell];
  const squash = (signal) => (isGate(header, signal) ? "sigmoid" : (header.squashes?.[cell] ?? "tanh"));
  return (signal, step, unit) => {
    const parts = own?.parts[signal];
    if (!parts) return null;
    const at = step * units + unit;
    const atBias = own.starts.findLastIndex((start) => start <= step) * units + unit;
    const [inputs, bias] = [parts.inputs[own.rows[step] * units + unit], parts.bias[atBias]];
    if (parts.recurrent) {
      const [recurrent, recurrentBias] = [parts.recurrent[at], parts.recurrent_bias[atBias]];
      const reset = signals[cell].reset_gate[at];
      return { inputs, bias, recurrent, recurrentBias, total: inputs + bias + reset * (recurrent + recurrentBias) };
    }
    const total = (totals[signal] ??= totalsOf(signals[cell][signal], parts.saturated, squash(signal)))[at];
    return { inputs, bias, recurrent: total - inputs - bias, recurrentBias: null, total };
  };
}

/** Of each function: whether a value is too saturated to tell its sum, and the sum of a value that is not. */
const INVERSES = {
  sigmoid: [(value) => value > NEARLY_ONE || value < NEARLY_ZERO, (value) => Math.log(value / (1 - value))],
  tanh: [(value) => Math.abs(value) > NEARLY_ONE, Math.atanh],
  relu: [(value) => value <= 0, (value) => value],
};

function totalsOf(values, saturated, squash) {
  const [isSaturated, inverse] = INVERSES[squash];
  let next = 0;
  return values.map((value) => (isSaturated(value) ? saturated[next++] : inverse(value)));
}
