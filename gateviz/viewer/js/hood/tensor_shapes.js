// The shapes of a recurrent module's tensors in each layout.

export const LAYOUTS = ["time_first", "batch_first", "no_batch"];

/**
 * @param {{layers, directions, units, width, steps, has_cell_state}} module
 * @param {"time_first"|"batch_first"|"no_batch"} layout
 * @param {number} batch How many sentences are read together.
 * @returns {{name: string, shape: number[], axes: string[]}[]} The axes are letters: T steps, N sentences, I numbers of x,
 *   H units, D directions, L layers.
 */
export function tensorShapes({ layers, directions, units, width, steps, has_cell_state: hasCellState }, layout, batch = 1) {
  const sequence = (size, axis) => ({
    time_first: { shape: [steps, batch, size], axes: ["T", "N", axis] },
    batch_first: { shape: [batch, steps, size], axes: ["N", "T", axis] },
    no_batch: { shape: [steps, size], axes: ["T", axis] },
  })[layout];
  const rows = layers * directions;
  const state = layout === "no_batch" ? { shape: [rows, units], axes: ["L·D", "H"] } : { shape: [rows, batch, units], axes: ["L·D", "N", "H"] };
  const states = (index) => ["h", ...(hasCellState ? ["c"] : [])].map((letter) => ({ name: `${letter}_${index}`, ...state }));
  return [{ name: "input", ...sequence(width, "I") }, ...states("0"), { name: "output", ...sequence(directions * units, "D·H") }, ...states("n")];
}

/** "(52, 1, 16)", as torch prints a shape. */
export function written(shape) {
  return `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
}

/** The steps that are drawn: all, or the first, those around the cursor, and the last, with null for each gap. */
export function shownSteps(count, step, most) {
  if (count <= most) return Array.from({ length: count }, (_, at) => at);
  const near = Math.max(1, most - 4); // columns between the first, the last and the two gaps
  const from = Math.max(1, Math.min(count - 1 - near, step - Math.floor(near / 2)));
  const middle = Array.from({ length: near }, (_, at) => from + at);
  return [0, ...(from > 1 ? [null] : []), ...middle, ...(from + near < count - 1 ? [null] : []), count - 1];
}

/** Where each token of a packed batch lies in `data`: sentence by sentence, step by step. */
export function packedPlaces(batchSizes, lengths) {
  const starts = [];
  let start = 0;
  for (const size of batchSizes) {
    starts.push(start);
    start += size;
  }
  return lengths.map((length, row) => starts.slice(0, length).map((from) => from + row));
}
