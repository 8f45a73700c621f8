// What is held stays held while a text is written, where its steps reach.

/**
 * @param {object[]} holds Of one cell, see hand/holds.js.
 * @param {(hold: object, step: number) => ?ArrayLike<number>} patchedAt The values, (units), that a hold has copied from another
 *   sentence to that step; null after the end of both.
 * @returns {{clampsAt: (step: number) => Clamp[], read: (layers: object[]) => void}} `read` is told of each step, in order: what
 *   is frozen keeps the value that it had at the first of its steps.
 */
export function clampsWhileWriting(holds, patchedAt) {
  const frozen = new Map(); // hold -> the values of its signal at its first step
  let steps = 0;
  const isOn = ({ from, to }, step) => step >= from && (to === null || step <= to);
  function valueOf(hold, step) {
    if (hold.value === "freeze") return frozen.get(hold) ?? null;
    return hold.value === "other" ? patchedAt(hold, step) : hold.value;
  }
  return {
    clampsAt: (step) =>
      holds
        .filter((hold) => isOn(hold, step))
        .map((hold) => ({ signal: hold.signal, layer: hold.layer, direction: hold.direction, units: hold.unit, value: valueOf(hold, step) }))
        .filter(({ value }) => value !== null),
    read: (layers) => {
      for (const hold of holds) if (hold.value === "freeze" && hold.from === steps) frozen.set(hold, valuesOf(hold, layers));
      steps += 1;
    },
  };
}

function valuesOf({ layer, direction, signal }, layers) {
  return layers.find((one) => one.index === layer && one.direction === direction).signals[signal].slice();
}
