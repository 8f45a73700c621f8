// How gradients are shown as numbers and as shades.

import { parseColour } from "../format/colours.js";

/** A token whose gradient is so many powers of ten below the largest has no colour. */
export const DECADES = 6;

const MOST_COLOUR = 0.55; // under a token, so that its letters can be read

/** The largest of all networks' norms; never zero. */
export function largestNorm(networks) {
  return networks.reduce((most, { inputs }) => inputs.reduce((high, norm) => Math.max(high, norm), most), 1e-300);
}

/** How much of the architecture's colour lies under a token, on a logarithmic scale. */
export function shadeOf(norm, largest) {
  return MOST_COLOUR * Math.max(0, 1 + Math.log10(norm / largest) / DECADES || 0);
}

/** That share of a colour on white. */
export function mixWithWhite(colour, share) {
  return `rgb(${parseColour(colour).map((channel) => Math.round(255 + (channel - 255) * share)).join(",")})`;
}

/** A half-life in steps; null, where the gradient does not decay, is ∞. */
export function halfLifeText(steps) {
  if (steps === null) return "∞";
  return steps < 100 ? steps.toFixed(1) : String(Math.round(steps));
}
