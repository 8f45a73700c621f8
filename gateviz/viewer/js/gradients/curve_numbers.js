// What is told of a curve of norms whose last entry is the step of the loss: the twin of `curve_half_life` and `left_after` in
// results/statistics.py.

import { scientific } from "../format/numbers.js";

const SMALLEST = 2 ** -1022; // what is below has underflowed

/**
 * The line log2(norm) = a - d / steps through the norms at each distance d from the loss, by least squares.
 * @returns {{steps: number, quality: number}} NaN where there is nothing to fit, Infinity where nothing decays; R².
 */
export function halfLifeOf(norms) {
  const points = [...norms].map((norm, at) => [norms.length - 1 - at, Math.log2(norm), norm]).filter(([, , norm]) => norm >= SMALLEST && Number.isFinite(norm));
  if (points.length < 2) return { steps: NaN, quality: NaN };
  const mean = (axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [middle, height] = [mean(0), mean(1)];
  const sum = (of) => points.reduce((total, [x, y]) => total + of(x - middle, y - height), 0);
  const [spread, variance] = [sum((x) => x * x), sum((_, y) => y * y)];
  const slope = sum((x, y) => x * y) / spread;
  if (variance === 0) return { steps: Infinity, quality: NaN };
  return { steps: slope < 0 ? -1 / slope : Infinity, quality: Math.min((slope ** 2 * spread) / variance, 1) };
}

/** The share of the gradient that is left so many steps before the loss; NaN where there is no such step. */
export function leftAfter(norms, steps) {
  const last = norms.at(-1);
  return steps < norms.length && last > 0 && last < Infinity ? norms.at(-1 - steps) / last : NaN;
}

/** A share as it is read: 143%, 12%, 1.2%, 3·10⁻⁷; a dash where there is none. */
export function shareText(share) {
  if (Number.isNaN(share)) return "–";
  if (share === 0) return "0";
  if (share < 0.0005) return scientific(share, 0);
  return `${(100 * share).toFixed(share >= 0.0995 ? 0 : 1)}%`;
}
