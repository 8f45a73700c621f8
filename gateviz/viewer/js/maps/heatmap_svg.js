// The heatmaps of one architecture as one SVG, where Plotly is not there to draw them: in an exported page, before Plotly's
// script has come, and in a figure that is saved. Each map has the place of Plotly's (figures/places.py), so that the
// overlay fits.

import { makeSvg, makeSvgText } from "../page/elements.js";
import { windowWidth } from "../picture/time_window.js";
import { stepTicks } from "./step_ticks.js";

/**
 * @param {string} cell
 * @param {import("../picture/pieces.js").Picture} picture
 * @param {object} options
 * @param {number} options.width In px.
 * @param {(signal: string) => string} options.image The address of a signal's pixels, a column for each step and a row for each unit.
 * @param {number} [options.right] The margin on the right.
 * @param {number} [options.start] The first step of the window of a long text.
 * @param {?number[]} [options.rows] The units from the top down, null by number.
 */
export function heatmapSvg(cell, { header }, { width, image, right = header.geometry.right, start = 0, rows = null }) {
  const { left, bottom } = header.geometry;
  const places = header.maps[cell];
  const plot = Math.max(1, width - left - right);
  const maps = places.flatMap((place) => drawPlace(cell, header, place, { plot, image, rows }));
  const foot = places.at(-1).top + places.at(-1).height;
  const steps = windowWidth(header);
  const numbers = stepTicks(steps, start).map((step) => label(left + ((step - start + 0.5) * plot) / steps, foot + 16, [String(step + 1)], "middle"));
  return makeSvg("svg", { width, height: foot + bottom, viewBox: `0 0 ${width} ${foot + bottom}`, "aria-hidden": "true" }, [...maps, ...numbers]);
}

/** One map with its title, and the numbers of its first and its last row. */
function drawPlace(cell, { texts, units: sizes, geometry: { left } }, { signal, top, height }, { plot, image, rows }) {
  const units = sizes[cell];
  const symbol = makeSvgText(texts.symbols[cell][signal], { "font-style": "italic" }, "tspan");
  const y = (row) => top + ((row + 0.5) * height) / units + 4;
  const number = (row) => label(left - 5, y(row), [String(rows?.[row] ?? row)], "end");
  return [
    label(left, top - 5, [symbol, `\u2002${texts.signals[cell][signal]}`], "start", 14),
    makeSvg("image", { x: left, y: top, width: plot, height, href: image(signal), preserveAspectRatio: "none", "image-rendering": "pixelated", "data-map": signal }),
    number(0),
    ...(units > 1 ? [number(units - 1)] : []),
  ];
}

function label(x, y, children, anchor, size = 11) {
  return makeSvg("text", { x, y, "text-anchor": anchor, "font-size": size, fill: "currentColor" }, children);
}
