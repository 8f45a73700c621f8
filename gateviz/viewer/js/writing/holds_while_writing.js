// What is held stays held while a text is written, where its steps reach.

/**
 * @param {object[]} holds Of one cell, see hand/holds.js. A value of another sentence ends with that sentence: nothing of it is
 *   held here.
 * @returns {{clampsAt: (step: number) => Clamp[], read: (layers: object[]) => void}} `read` is told of each step, in order: what
 *   is frozen keeps the value that it had at the first of its steps.
 */
export function clampsWhileWriting(holds) {
  const frozen = new Map(); // hold -> the values of its signal at its first step
  let steps = 0;
  const isOn = ({ from, to }, step) => step >= from && (to === null || step <= to);
  const clampOf = (hold) => ({ signal: hold.signal, layer: hold.layer, direction: hold.direction, units: hold.unit, value: frozen.get(hold) ?? hold.value });
  return {
    clampsAt: (step) => holds.filter((hold) => isOn(hold, step) && (typeof hold.value === "number" || frozen.has(hold))).map(clampOf),
    read: (layers) => {
      for (const hold of holds) if (hold.value === "freeze" && hold.from === steps) frozen.set(hold, valuesOf(hold, layers));
      steps += 1;
    },
  };
}

function valuesOf({ layer, direction, signal }, layers) {
  return layers.find((one) => one.index === layer && one.direction === direction).signals[signal].slice();
}
