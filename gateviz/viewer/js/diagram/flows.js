// What a diagram asks of the numbers: a gate's value, how much flows through a wire, and its colour.

import { rootMeanSquare, summaryOf } from "../picture/signals.js";

const NOTHING = { value: 0, size: 0 }; // before the first step

/**
 * The flows at one step, of one unit or, where `unit` is null, of all. An amount is {value, size}: `value` is the unit's
 * number, or null for all units; `size` is the amount as a share of the signal's limit.
 */
export function createFlows(header, { at, before }, scale, { step, unit }) {
  const valuesOf = (signal, when) => (when === "before" ? before : at)(signal, step);
  const amountOf = (signal, values) => {
    const limit = header.limits[signal] ?? 1;
    if (unit !== null) return { value: values[unit], size: values[unit] / limit };
    return { value: null, size: rootMeanSquare(values) / limit };
  };
  return {
    unit,
    /** The number that is written beside the signal. */
    now: (signal) => (unit === null ? summaryOf(header, signal, at(signal, step)) : at(signal, step)[unit]),
    /** The amount of a signal, "now" or "before". */
    flow: (signal, when) => {
      const values = valuesOf(signal, when);
      return values ? amountOf(signal, values) : NOTHING;
    },
    /** The amount of a signal behind a gate, or behind one minus the gate. */
    product: (gate, signal, when, isInverse = false) => {
      const values = valuesOf(signal, when);
      if (!values) return NOTHING;
      const factor = at(gate, step);
      return amountOf(signal, values.map((value, index) => value * (isInverse ? 1 - factor[index] : factor[index])));
    },
    /** The colour of a value. The summary of all units has none, unless `always`. */
    colour: (signal, value, always = false) => (value === null || (unit === null && !always) ? undefined : scale.css(signal, value)),
  };
}
