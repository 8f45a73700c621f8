// How large a diagram is drawn. Its units are px of the screen, or more where there is room: so the place of a node
// follows the width and the height that there are, and a letter is never too small to read.

/** The least that a cell needs, in px: below this it is drawn smaller. */
export const LEAST = { width: 248, height: 144 };

const LARGEST = 3; // px a unit
const STRIP = { width: 12, inset: 2, gap: 4 };

/**
 * @typedef {object} Size A drawing's measures, in its units.
 * @property {number} width
 * @property {number} height
 * @property {number} scale Px a unit.
 * @property {number} left Where the wires begin, beside the strips of the state before.
 * @property {number} right Where they end.
 * @property {(share: number) => number} x A place between left and right.
 * @property {(share: number) => number} y A place from the top down.
 * @property {object} strip {width, height, before, now}: of the strips, and where they stand.
 */

/** @returns {Size} */
export function sizeFor(widthPx, heightPx) {
  const scale = Math.max(0.5, Math.min(LARGEST, widthPx / LEAST.width, heightPx / LEAST.height));
  const [width, height] = [widthPx / scale, heightPx / scale];
  const left = STRIP.inset + STRIP.width + STRIP.gap;
  const right = width - left;
  return {
    width, height, scale, left, right,
    x: (share) => Math.round(2 * (left + share * (right - left))) / 2,
    y: (share) => Math.round(2 * share * height) / 2,
    strip: { width: STRIP.width, height: 0.39 * height, before: STRIP.inset, now: width - STRIP.inset - STRIP.width },
  };
}
