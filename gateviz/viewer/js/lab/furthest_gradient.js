// Of all losses of the last hidden state the one whose gradient is largest at the first step, and that gradient at every step:
// the twin of gradients/furthest.py. A vector goes forward and backward through all steps in turn until its direction stays; no
// matrix is multiplied by another, so that the curve follows a slider.

import { addTransposed } from "../engine/backward.js";
import { multiply } from "../engine/cells.js";

const CLOSE = 1e-4; // of the norm at the first step, as a natural logarithm, from one turn to the next
const MOST_TURNS = 40;

/**
 * @param {StepFactors} all
 * @param {?Float64Array} near A direction to begin with, of length 1.
 * @param {number} turns At most so many.
 * @returns {{hidden: Float64Array, cell: ?Float64Array, direction: Float64Array}} log10 of the norm of dL/dh and dL/dc at every
 *   step, for the loss along that direction.
 */
export function furthestGradient(all, near = null, turns = MOST_TURNS) {
  let direction = near ?? Float64Array.from({ length: all.units }, () => all.units ** -0.5);
  let before = -Infinity;
  for (let turn = 0; turn < turns; turn++) {
    const first = back(all, direction, null);
    const next = forth(all, first.vector);
    if (!next) break;
    direction = next;
    if (Math.abs(first.log - before) < CLOSE) break;
    before = first.log;
  }
  const curves = { hidden: new Float64Array(all.steps), cell: all.through && new Float64Array(all.steps) };
  back(all, direction, curves);
  return { ...curves, direction };
}

/** dL/dh at the first step, of length 1, with the natural logarithm of its norm; on the way the norms are written down. */
function back(all, direction, curves) {
  const { steps, units, fromH, factors, keep, through } = all;
  const rows = factors.length / steps;
  const pre = new Float64Array(rows);
  const c = new Float64Array(units);
  let h = direction.slice();
  let log = 0;
  for (let t = steps - 1; ; t--) {
    if (through) for (let u = 0; u < units; u++) c[u] += h[u] * through[t * units + u]; // now the whole dL/dc
    if (curves) note(curves, t, h, c, log);
    if (t === 0) break;
    const toH = new Float64Array(units);
    for (let u = 0; u < units; u++) {
      if (!through) toH[u] = keep[t * units + u] * h[u];
      for (let row = u; row < rows; row += units) pre[row] = factors[t * rows + row] * (through && row < 3 * units ? c[u] : h[u]);
      if (through) c[u] *= keep[t * units + u];
    }
    addTransposed(fromH, pre, toH);
    h = toH;
    log += normalise(h, c);
  }
  const own = lengthOf(h);
  for (let u = 0; u < units; u++) h[u] /= own || 1;
  return { vector: h, log: log + Math.log(own) };
}

function note({ hidden, cell }, t, h, c, log) {
  hidden[t] = (Math.log(lengthOf(h)) + log) / Math.LN10;
  if (cell) cell[t] = (Math.log(lengthOf(c)) + log) / Math.LN10;
}

/** The direction in which h at the last step moves when h at the first is moved along a vector; null if not at all. */
function forth(all, vector) {
  const { steps, units, fromH, factors, keep, through } = all;
  const rows = factors.length / steps;
  const [sums, nothing] = [new Float64Array(rows), new Float64Array(rows)];
  const c = new Float64Array(units);
  let h = vector;
  for (let t = 1; t < steps; t++) {
    multiply(fromH, h, nothing, sums);
    const next = new Float64Array(units);
    for (let u = 0; u < units; u++) {
      let sum = keep[t * units + u] * (through ? c[u] : h[u]);
      for (let row = u; row < Math.min(rows, 3 * units); row += units) sum += factors[t * rows + row] * sums[row];
      if (!through) next[u] = sum;
      else {
        c[u] = sum;
        next[u] = factors[t * rows + 3 * units + u] * sums[3 * units + u] + through[t * units + u] * sum;
      }
    }
    h = next;
    normalise(h, c);
  }
  const own = lengthOf(h);
  return own > 0 && own < Infinity ? h.map((value) => value / own) : null;
}

/** Divide both by their common length, and give its natural logarithm. */
function normalise(h, c) {
  const size = Math.max(lengthOf(h), lengthOf(c));
  if (!(size > 0 && size < Infinity)) return 0;
  for (let u = 0; u < h.length; u++) {
    h[u] /= size;
    c[u] /= size;
  }
  return Math.log(size);
}

function lengthOf(vector) {
  let sum = 0;
  for (let u = 0; u < vector.length; u++) sum += vector[u] * vector[u];
  return Math.sqrt(sum);
}
