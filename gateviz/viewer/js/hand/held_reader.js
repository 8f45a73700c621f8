// A reader of a cell's numbers in which what is held at a number is so at once, even while the weights have not come.

import { isHeldAt } from "./holds.js";

/** The reader of picture/signals.js, with the holds of the layer that is drawn. */
export function createHeldReader(cell, { header }, reader, state) {
  const { layer, direction } = header;
  const at = (signal, step) => {
    const values = reader.at(signal, step);
    const own = state.holds.filter((hold) => typeof hold.value === "number" && isHeldAt(hold, { cell, layer, direction, signal, unit: hold.unit }, step));
    return own.length ? withHolds(values, own) : values;
  };
  return { at, before: reader.before };
}

function withHolds(values, holds) {
  const held = values.slice();
  for (const { unit, value } of holds) {
    if (unit === null) held.fill(value);
    else held[unit] = value;
  }
  return held;
}
