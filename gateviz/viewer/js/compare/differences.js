// How two readings of a model differ: the one of the shown sentence, and the one of the sentence that it is compared with.
// Steps that belong together are subtracted; at a step without a counterpart there is no difference, NaN.

/**
 * The values of the other sentence on the steps of the shown one.
 * @param {Float32Array|Float64Array} values Of the other sentence: values[step * units + unit].
 * @param {(number|null)[]} steps As alignedSteps() gives them.
 * @param {number} count How many steps the other sentence has.
 * @returns {Float32Array|Float64Array} As the values are; NaN where there is no counterpart.
 */
export function broughtOver(values, steps, count) {
  const units = values.length / count;
  const brought = new values.constructor(steps.length * units).fill(NaN);
  for (const [step, other] of steps.entries()) {
    if (other !== null) brought.set(values.subarray(other * units, (other + 1) * units), step * units);
  }
  return brought;
}

/**
 * How far apart the two are at each step: the L2 norm over all units of their difference.
 * @param {Float32Array} values Of the shown sentence.
 * @param {Float32Array} others Those of the other, brought over.
 * @param {number} count How many steps there are.
 * @returns {Float64Array} (time), NaN where there is no counterpart.
 */
export function differenceNorms(values, others, count) {
  const units = values.length / count;
  return Float64Array.from({ length: count }, (_, step) => {
    let sum = 0;
    for (let at = step * units; at < (step + 1) * units; at++) sum += (values[at] - others[at]) ** 2;
    return Math.sqrt(sum);
  });
}

/**
 * How much of a difference lives to the end.
 * @param {Float64Array} norms
 * @param {boolean} reverse Whether the layer reads the last step first.
 * @returns {?{from: number, largest: number, at: number, end: number, share: number}} The step that is read first of those with a
 *   difference, the largest norm and its step, the step that is read last of those with a counterpart, and how much of the
 *   largest is left there; null where the two never differ.
 */
export function lifeOf(norms, reverse = false) {
  const known = [...norms.keys()].filter((step) => Number.isFinite(norms[step]));
  if (reverse) known.reverse();
  const from = known.find((step) => norms[step] > 0);
  if (from === undefined) return null;
  const at = known.reduce((best, step) => (norms[step] > norms[best] ? step : best), from);
  const end = known.at(-1);
  return { from, largest: norms[at], at, end, share: norms[end] / norms[at] };
}
