// What if this gate were stuck open? Signals that are held while a network runs, as gateviz.Clamp holds them.

import { SIGNALS } from "./cells.js";

/**
 * @typedef {object} Clamp Give one of `value` and `scale`.
 * @property {string} signal
 * @property {number|Float64Array} [value] What the signal is set to; or its values at all steps, (time * units), such as those
 *   of another run: activation patching.
 * @property {number} [scale] What the signal is multiplied by.
 * @property {number} [layer] A negative one counts from the top; 0 if not given.
 * @property {string} [direction] "forward", if not given, or "reverse".
 * @property {number|number[]} [units] All, if not given; negative ones count from the end.
 * @property {number|number[]} [steps] Likewise.
 */

/**
 * The clamps of one layer and direction as what runCell takes as `hold`; null if there are none.
 *
 * @param {Clamp[]} clamps If several hold the same unit at the same step, they apply in this order.
 * @param {{cell: string, layers: number, layer: number, directions: string[], direction: string, steps: number, units: number}} place
 * @throws {RangeError} A clamp of what this cell, at these steps and units, does not have.
 */
export function holdOf(clamps, place) {
  const holds = clamps.filter((clamp) => isAt(clamp, place)).map((clamp) => prepared(clamp, place));
  if (!holds.length) return null;
  return (name, t, values) => {
    for (const hold of holds) if (hold.signal === name && hold.steps.has(t)) hold.change(values, t);
  };
}

/** The same clamps of a text of `steps`, as they hold what is read of its beginning alone. */
export function clampsOfBeginning(clamps, steps, read) {
  return clamps.map((clamp) => ({ ...clamp, steps: chosen(clamp.steps, steps, "step").filter((step) => step < read) }));
}

/**
 * The clamps as they hold `count` steps of a run from `first` on, for a run of these steps alone.
 *
 * @param {Clamp[]} clamps Of the whole run.
 * @param {{first: number, count: number, total: number, units: number}} part `total` is how many steps the run can have.
 */
export function clampsWithin(clamps, { first, count, total, units }) {
  const at = (values) => values.subarray(first * units, (first + count) * units);
  return clamps.map((clamp) => ({
    ...clamp,
    steps: chosen(clamp.steps, total, "step").filter((step) => step >= first && step < first + count).map((step) => step - first),
    value: clamp.value?.subarray ? at(clamp.value) : clamp.value,
  }));
}

function isAt({ layer = 0, direction = "forward" }, place) {
  const index = layer < 0 ? place.layers + layer : layer;
  if (!(index >= 0 && index < place.layers)) throw new RangeError(`layer ${layer} does not exist: there are ${place.layers}`);
  if (!place.directions.includes(direction)) throw new RangeError(`direction ${direction} does not exist: choose ${place.directions.join(" or ")}`);
  return index === place.layer && direction === place.direction;
}

function prepared({ signal, value, scale, units, steps }, place) {
  if (!SIGNALS[place.cell].includes(signal)) throw new RangeError(`${signal} is no signal of this cell: choose ${SIGNALS[place.cell].join(", ")}`);
  if ((value === undefined) === (scale === undefined)) throw new RangeError(`a clamp of ${signal} needs a value or a scale`);
  const held = chosen(units, place.units, "unit");
  const change = (values, t) => {
    for (const u of held) {
      if (scale !== undefined) values[u] *= scale;
      else values[u] = typeof value === "number" ? value : value[t * place.units + u];
    }
  };
  return { signal, steps: new Set(chosen(steps, place.steps, "step")), change };
}

/** The numbers that are meant of 0 .. size - 1. */
function chosen(which, size, what) {
  if (which === undefined || which === null) return Array.from({ length: size }, (_, i) => i);
  return [which].flat().map((number) => {
    if (!Number.isInteger(number) || number < -size || number >= size) throw new RangeError(`${what} ${number} does not exist: there are ${size}`);
    return number < 0 ? size + number : number;
  });
}
