// Holds as the clamps of one run of the engine: a number as it is, "freeze" and "other" as the values of other runs. The twin of
// gateviz/models/held_clamps.py.

/**
 * @param {import("./holds.js").Hold[]} holds Of one cell.
 * @param {number} steps How many the text has.
 * @param {object} runs
 * @param {(clamps: object[], hold: object) => Float64Array} runs.under What the hold is of, (time * units), in a run with these clamps.
 * @param {(hold: object) => ?{values: Float64Array, steps: (number|null)[]}} runs.other The same in the sentence that one compares
 *   with, brought over to the steps of the text, and for each of these its counterpart; null where there is no such sentence.
 * @returns {object[]} See engine/clamps.js.
 */
export function clampsOf(holds, steps, { under, other }) {
  const clamps = [];
  for (const hold of holds) {
    const { signal, layer, direction, unit, from, to, value } = hold;
    const place = { signal, layer, direction, ...(unit === null ? {} : { units: unit }) };
    const held = Array.from({ length: (to ?? steps - 1) - from + 1 }, (_, at) => from + at);
    if (typeof value === "number") clamps.push({ ...place, steps: held, value });
    else if (value === "freeze") clamps.push({ ...place, steps: held, value: repeated(under(clamps, hold), from, steps) });
    else clamps.push(...copied(place, held, other(hold)));
  }
  return clamps;
}

/** The values of one step at all steps. */
function repeated(values, step, steps) {
  const units = values.length / steps;
  const row = values.slice(step * units, (step + 1) * units);
  return Float64Array.from({ length: values.length }, (_, at) => row[at % units]);
}

/** A step without a counterpart is not held. */
function copied(place, held, other) {
  const steps = other ? held.filter((step) => other.steps[step] !== null) : [];
  return steps.length ? [{ ...place, steps, value: other.values }] : [];
}
