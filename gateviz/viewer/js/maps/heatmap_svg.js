// The heatmaps of one architecture as one SVG, for a figure that is saved.

import { makeSvg, makeSvgText } from "../page/elements.js";
import { windowWidth } from "../picture/time_window.js";
import { stepTicks } from "./step_ticks.js";

const MARGIN = { left: 34, right: 20, bottom: 24 };
const TITLE = 26; // px above each map

/**
 * @param {string} cell
 * @param {import("../picture/pieces.js").Picture} picture
 * @param {object} options
 * @param {number} options.width In px.
 * @param {string[]} options.signals Those that have a map, from the top down.
 * @param {number[]} options.rows The units from the top down.
 * @param {number} options.height Of each map, in px.
 * @param {number} options.start The first step of the window of a long text.
 * @param {(signal: string) => string} options.image The address of a signal's pixels, a column for each step and a row for each unit.
 */
export function heatmapSvg(cell, { header }, { width, signals, rows, height, start, image }) {
  const plot = width - MARGIN.left - MARGIN.right;
  const places = signals.map((signal, index) => ({ signal, top: TITLE + index * (TITLE + height), height }));
  const foot = signals.length * (TITLE + height);
  const steps = windowWidth(header);
  const x = (step) => MARGIN.left + ((step - start + 0.5) * plot) / steps;
  const numbers = stepTicks(steps, start).map((step) => label(x(step), foot + 16, [String(step + 1)], "middle"));
  const maps = places.flatMap((place) => drawMap(cell, header, place, { plot, image, rows }));
  const box = { width, height: foot + MARGIN.bottom, viewBox: `0 0 ${width} ${foot + MARGIN.bottom}`, "aria-hidden": "true" };
  return makeSvg("svg", box, [...maps, ...numbers]);
}

/** One map with its title, and the numbers of its first and its last unit. */
function drawMap(cell, { texts }, { signal, top, height }, { plot, image, rows }) {
  const { left } = MARGIN;
  const symbol = makeSvgText(texts.symbols[cell][signal], { "font-style": "italic" }, "tspan");
  const number = (row) => label(left - 5, top + ((row + 0.5) * height) / rows.length + 4, [String(rows[row])], "end");
  return [
    label(left, top - 5, [symbol, `\u2002${texts.titles[cell][signal]}`], "start", 14),
    makeSvg("image", { x: left, y: top, width: plot, height, href: image(signal), preserveAspectRatio: "none", "image-rendering": "pixelated", "data-map": signal }),
    number(0),
    ...(rows.length > 1 ? [number(rows.length - 1)] : []),
  ];
}

function label(x, y, children, anchor, size = 11) {
  return makeSvg("text", { x, y, "text-anchor": anchor, "font-size": size, fill: "currentColor" }, children);
}
