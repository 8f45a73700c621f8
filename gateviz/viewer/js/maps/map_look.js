// Which numbers the maps show where a picture can be held against another one: itself without what is held, or the sentence
// that it is compared with.

/** The names of state.mapLook. */
export const LOOKS = ["after", "before", "difference"];

/**
 * @param {string} look "after" shows the first, "before" the second, "difference" the first minus the second.
 * @param {Float32Array} first The numbers of the picture.
 * @param {?Float32Array} second Those of the other one, at the same steps and units; null where there is none.
 */
export function shownValues(look, first, second) {
  if (!second || look === "after") return first;
  return look === "before" ? second : first.map((value, at) => value - second[at]);
}
