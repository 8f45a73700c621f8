// The profiles beside the heatmaps: all units at one step, as bars. They are drawn pixel by pixel, because a step draws many.

import { make, sizeCanvas } from "../page/elements.js";
import { isGate } from "../picture/signals.js";

const NEAR = "200px"; // a profile that is so near to the visible part of the page is drawn at once

/** The units from the largest value down. */
export function byValue(values) {
  return Array.from(values.keys()).sort((one, other) => values[other] - values[one]);
}

/**
 * A profile for each map. `show()` draws those that can be seen, and the others when they come near or when nothing else is
 * to do.
 * @param {{signal: string, height: number}[]} places
 * @param {(canvas: HTMLCanvasElement, place: object) => void} draw
 */
export function createProfiles(places, draw) {
  const profiles = places.map((place) => ({ place, canvas: make("canvas", { className: "gateviz-profile" }), isAway: false, isStale: true }));
  const redraw = (profile) => {
    profile.isStale = false;
    draw(profile.canvas, profile.place);
  };
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const profile = profiles.find(({ canvas }) => canvas === target);
      profile.isAway = !isIntersecting;
      if (isIntersecting && profile.isStale) redraw(profile);
    }
  }, { rootMargin: NEAR });
  for (const { canvas } of profiles) watch.observe(canvas);
  const rest = whenIdle(() => profiles.filter(({ isStale }) => isStale).forEach(redraw));
  function show() {
    for (const profile of profiles) {
      profile.isStale = true;
      if (profile.isAway) rest.soon();
      else redraw(profile);
    }
  }
  function dispose() {
    watch.disconnect();
    rest.never();
  }
  return { canvases: profiles.map(({ canvas }) => canvas), show, dispose };
}

/**
 * Draw one profile: a row for each unit, where the heatmap has it.
 * @param {Float32Array} values Of all units.
 * @param {object} options
 * @param {?number[]} options.order The units from the top down, null by number.
 * @param {number} options.unit The unit that is marked.
 * @param {number} options.ink The colour of the mark, a pixel.
 * @param {(value: number) => number} options.pixel
 */
export function drawProfile(canvas, values, header, signal, { width, height, order, unit, ink, pixel }) {
  const context = sizeCanvas(canvas, width, height);
  const [wide, high] = [canvas.width, canvas.height];
  const { image, pixels } = sheetOf(wide, high);
  const [zero, reach] = isGate(header, signal) ? [0, wide] : [wide / 2, wide / (2 * header.limits[signal])];
  pixels.fill(0);
  for (let row = 0; row < high; row++) {
    const place = Math.floor((row * values.length) / high);
    const value = values[order ? order[place] : place];
    const end = Math.max(0, Math.min(wide, zero + value * reach));
    const from = Math.round(Math.min(zero, end));
    pixels.fill(pixel(value), row * wide + from, row * wide + Math.max(Math.round(Math.max(zero, end)), from + 1));
  }
  const at = Math.round((((order ? order.indexOf(unit) : unit) + 0.5) * high) / values.length);
  for (let row = Math.max(0, at - 2); row < Math.min(high, at + 2); row++) pixels.fill(ink, (row + 1) * wide - 5, (row + 1) * wide);
  context.putImageData(image, 0, 0);
}

const sheets = new Map(); // by size

/** Pixels of that size to draw into. All profiles draw into the same ones, one after another. */
function sheetOf(wide, high) {
  const size = `${wide} ${high}`;
  if (!sheets.has(size)) {
    const image = new ImageData(wide, high);
    sheets.clear(); // the profiles of a page have one size, or two
    sheets.set(size, { image, pixels: new Uint32Array(image.data.buffer) });
  }
  return sheets.get(size);
}

/** `soon()` calls `act` once when the page has nothing else to do, however often it is called; `never()` takes that back. */
function whenIdle(act) {
  const [ask, forget] = window.requestIdleCallback ? [requestIdleCallback, cancelIdleCallback] : [(run) => setTimeout(run, 100), clearTimeout];
  let asked = null;
  const run = () => {
    asked = null;
    act();
  };
  const never = () => {
    forget(asked);
    asked = null;
  };
  return { soon: () => (asked ??= ask(run)), never };
}
