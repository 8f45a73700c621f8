// What a diagram asks of the numbers: a gate's values, how much flows through a wire, and its colours.

import { rootMeanSquare, summaryOf } from "../picture/signals.js";
import { countGate, lanesOf } from "./gate_counts.js";
import { MOST_LANES } from "./valves.js";

const NOTHING = { size: 0, strands: [] }; // before the first step
const GATE_WIRE = 0.12; // how thick the wire from a gate to its valve is, whatever its value

/**
 * The flows at one step, of one unit or, where `unit` is null, of all. An amount is {size, strands}: `size` is a share of
 * the signal's limit, a strand is {share, colour}. Of all units, the strands are those above zero and those below, each in
 * the colour of its root mean square; their shares are those of the sums of absolute values.
 */
export function createFlows(header, { at, before }, scale, { step, unit }) {
  const valuesOf = (signal, when) => (when === "before" ? before : at)(signal, step);
  const amountOf = (signal, values) => {
    const limit = header.limits[signal] ?? 1;
    if (unit === null) return { size: rootMeanSquare(values) / limit, strands: signedStrands(values, (value) => scale.css(signal, value)) };
    return { size: values[unit] / limit, strands: [{ share: 1, colour: scale.css(signal, values[unit]) }] };
  };
  const now = (signal) => (unit === null ? summaryOf(header, signal, at(signal, step)) : at(signal, step)[unit]);
  const flow = (signal, when, change = (value) => value, shownAs = signal) => {
    const values = valuesOf(signal, when);
    return values ? amountOf(shownAs, values.map(change)) : NOTHING;
  };
  return {
    unit,
    /** The number that is written beside the signal. */
    now,
    /** The amount of a signal, "now" or "before"; or, `shownAs` another, what `change(value, unit)` makes of it. */
    flow,
    /** The amount of a signal behind a gate, or behind one minus the gate. */
    product: (gate, signal, when, isInverse = false) => {
      const factor = at(gate, step);
      return flow(signal, when, (value, index) => value * (isInverse ? 1 - factor[index] : factor[index]));
    },
    /** A gate, or one minus the gate: {value, colour}, of all units also their {counts, lanes}. */
    gate: (signal, isInverse = false) => {
      const turned = (value) => (isInverse ? 1 - value : value);
      const value = turned(now(signal));
      const own = { value, colour: scale.css(signal, value) };
      if (unit !== null) return own;
      const values = at(signal, step).map(turned);
      return { ...own, counts: countGate(values), lanes: lanesOf(values, MOST_LANES).map((lane) => scale.css(signal, lane)) };
    },
    /** The wire that carries a gate's value, of all units the mean, to its valve. */
    signal: (gate) => ({ size: GATE_WIRE, strands: [{ share: 1, colour: scale.css(gate, now(gate)) }] }),
  };
}

/** The strand of what is above zero and that of what is below. */
export function signedStrands(values, css) {
  const sums = [0, 0];
  const squares = [0, 0];
  const counts = [0, 0];
  for (const value of values) {
    const side = value < 0 ? 1 : 0;
    sums[side] += Math.abs(value);
    squares[side] += value * value;
    counts[side] += 1;
  }
  const whole = sums[0] + sums[1];
  if (!(whole > 0)) return [];
  return [1, -1].map((sign, side) => ({ share: sums[side] / whole, colour: css(sign * Math.sqrt(squares[side] / (counts[side] || 1))) }));
}
