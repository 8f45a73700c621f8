// The chart of the gradient curves, drawn once more to be saved: a line for each curve, with a logarithmic axis.

import { powerOfTen } from "../format/numbers.js";
import { glyph } from "../format/texts.js";
import { makeSvg, makeSvgText } from "../page/elements.js";
import { MARKERS, strokeOf } from "./curve_marks.js";
import { widthOf } from "./text_width.js";

const CHART = { width: 960, left: 70, right: 20, height: 340, foot: 52 };
const PLOT = CHART.width - CHART.left - CHART.right; // px of the axis of steps
const MOST_MARKED = 80; // steps; with more of them a line has no markers, as in figures/gradients.py
const LEGEND_ROW = 22;

/** @returns {{width: number, height: number, body: SVGElement}} */
export function drawChart({ curves, tokens, titles, palettes }) {
  const { width, left, height, foot } = CHART;
  const colours = palettes.light.cell;
  const legend = drawLegend(curves, colours);
  const axes = createAxes(curves, tokens.length, legend.height + 8);
  const lines = curves.map((curve) => drawCurve(curve, colours[curve.cell], axes));
  const bottom = axes.top + height;
  const every = Math.ceil(tokens.length / MOST_MARKED);
  const ticks = tokens.flatMap((token, step) => (step % every ? [] : [text(glyph(token.text), axes.x(step), bottom + 18, 12)]));
  const names = [
    text(titles.steps, left + PLOT / 2, bottom + 42, 14),
    text(titles.norms, 0, 0, 14, { transform: `translate(18 ${axes.top + height / 2}) rotate(-90)` }),
  ];
  return { width, height: bottom + foot, body: makeSvg("g", {}, [...drawGrid(axes), ...lines, ...ticks, ...names, legend.element]) };
}

function text(content, x, y, size, extra = {}) {
  return makeSvgText(content, { x, y, "text-anchor": "middle", "font-size": size, ...extra });
}

/** Steps to x, log10 of a norm to y; `low` and `high` are the ends of all norms that are not zero, as log10. */
function createAxes(curves, steps, top) {
  const logs = curves.flatMap(({ norms }) => norms.filter((norm) => norm > 0).map(Math.log10));
  const [low, high] = logs.length ? [Math.min(...logs), Math.max(...logs)] : [0, 1];
  const margin = Math.max(0.1, (high - low) * 0.06);
  const x = (step) => CHART.left + ((step + 0.7) / (steps + 0.4)) * PLOT;
  const y = (log) => top + CHART.height * ((high + margin - log) / (high - low + 2 * margin));
  return { x, y, top, low, high, margin, steps };
}

/** A line at each power of ten, or at fewer where there are many. */
function drawGrid({ y, low, high, margin }) {
  const every = Math.max(1, Math.ceil((high - low) / 10));
  const grid = [];
  for (let power = Math.ceil((low - margin) / every) * every; power <= high + margin; power += every) {
    grid.push(
      makeSvg("path", { d: `M${CHART.left} ${y(power).toFixed(2)}H${CHART.width - CHART.right}`, stroke: "#e3e5ea" }),
      text(powerOfTen(power), CHART.left - 8, y(power) + 4, 13, { "text-anchor": "end" }),
    );
  }
  return grid;
}

/** Where a norm is zero, which it is by underflow, a triangle stands at the foot. */
function drawCurve(curve, colour, { x, y, low, steps }) {
  const points = curve.norms.map((norm, step) => (norm > 0 ? [x(step).toFixed(2), y(Math.log10(norm)).toFixed(2)] : null));
  const line = points.map((point, step) => point && `${step && points[step - 1] ? "L" : "M"}${point.join(" ")}`).filter(Boolean).join("");
  const zeros = curve.norms.flatMap((norm, step) => (norm !== 0 ? [] : [`M${(x(step) - 4).toFixed(2)} ${(y(low) - 4).toFixed(2)}h8l-4 8z`]));
  const markers = steps > MOST_MARKED ? "" : points.filter(Boolean).map(([at, height]) => MARKERS[curve.cell](Number(at), Number(height), 3.2)).join("");
  return makeSvg("g", { "data-curve": curve.label }, [
    makeSvg("path", { d: line, fill: "none", stroke: colour, ...strokeOf(curve) }),
    makeSvg("path", { d: markers, fill: curve.is_untrained ? "#ffffff" : colour, stroke: colour, "stroke-width": 1 }),
    makeSvg("path", { d: zeros.join(""), fill: colour }),
  ]);
}

/** The names of the curves, in as many rows as they need. */
function drawLegend(curves, colours) {
  const element = makeSvg("g", { transform: `translate(${CHART.left} 0)` });
  let [x, row] = [0, 0];
  for (const curve of curves) {
    const length = 44 + widthOf(curve.label, 14) + 18;
    if (x && x + length > PLOT) [x, row] = [0, row + 1];
    const [y, colour] = [10 + row * LEGEND_ROW, colours[curve.cell]];
    element.append(
      makeSvg("path", { d: `M${x} ${y}h34`, stroke: colour, ...strokeOf(curve) }),
      makeSvg("path", { d: MARKERS[curve.cell](x + 17, y, 3.6), fill: curve.is_untrained ? "#ffffff" : colour, stroke: colour }),
      makeSvgText(curve.label, { x: x + 42, y: y + 5, "font-size": 14 }),
    );
    x += length;
  }
  return { element, height: (row + 1) * LEGEND_ROW };
}
