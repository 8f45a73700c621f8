// Curves of norms over the steps, on a logarithmic axis: as they stand on the page, and as they are saved.

import { powerOfTen } from "../format/numbers.js";
import { makeSvg, makeSvgText } from "../page/elements.js";
import { MARKERS, strokeOf } from "./curve_marks.js";
import { widthOf } from "./text_width.js";

const LETTERS = 13; // px
const MARKED_ROOM = 14; // px between two steps; with less a line has no markers
const TURNED_ROOM = 2.6; // times the letters, which words need below the axis where they are turned
const LEAST_DECADES = 2;

/** How a chart looks: on white to be saved, or in the page's own theme. */
export const GRID = { light: "#e3e5ea", dark: "#343a44" };

/**
 * @typedef {object} Curve
 * @property {string} label
 * @property {string} cell
 * @property {ArrayLike<number>} norms One for each step from the first; what is not finite is a gap, a zero has underflowed.
 * @property {?ArrayLike<number>} logs Their log10 instead, where norms would leave the range of numbers.
 * @property {?{low: ArrayLike<number>, high: ArrayLike<number>}} band log10 of the ends of a band around the curve.
 * @property {boolean} is_cell_state Whether it is dotted.
 * @property {?string} stroke How else it is dashed, as in `stroke-dasharray`; it has no markers then. `width` is its own, if it has one.
 *
 * @param {{curves: Curve[], ticks: string[]|number, marks: ?{at: number, text: string}[], titles: {steps: string, norms: string}}}
 *   what `ticks`: a label for each step, or how many steps there are; `marks` are the labels then, else their numbers;
 *   `decades`: how many powers of ten the axis has at least.
 * @param {{width: number, height: number, colours: Object<string, string>, grid: string, letters: ?number}} look `height` is the
 *   plot's own, `letters` their size; all in px.
 * @returns {{height: number, body: SVGElement, x: (step: number) => number, stepAt: (x: number) => number, top: number}}
 */
export function drawLogChart({ curves, ticks, marks, titles, decades = LEAST_DECADES }, { width, height, colours, grid, letters = LETTERS }) {
  const frame = { left: 4.8 * letters, right: 14, head: letters / 2 + 2, width, height, letters };
  const plot = width - frame.left - frame.right;
  const steps = typeof ticks === "number" ? ticks : ticks.length;
  const drawn = curves.map((curve) => ({ ...curve, logs: curve.logs ?? Array.from(curve.norms, (norm) => (norm === null ? NaN : Math.log10(norm))) }));
  const axes = createAxes(drawn, steps, plot, { ...frame, decades });
  const bottom = frame.head + height;
  const labels = typeof ticks === "number" ? labelSteps(marks ?? roundSteps(steps), axes, bottom, letters - 1) : drawTicks(ticks, axes, plot, bottom, letters - 1);
  const names = [
    textAt(titles.steps, frame.left + plot / 2, bottom + 2.7 * letters + labels.room, letters),
    textAt(titles.norms, 0, 0, letters, { transform: `translate(${letters} ${frame.head + height / 2}) rotate(-90)` }),
  ];
  const bands = drawn.filter(({ band }) => band).map((curve) => drawBand(curve.band, colours[curve.cell], axes));
  const lines = [...bands, ...drawn.map((curve) => drawCurve(curve, colours[curve.cell], axes))];
  return {
    height: bottom + 3.2 * letters + labels.room,
    body: makeSvg("g", {}, [...drawGrid(axes, frame, grid), ...lines, ...labels.elements, ...names]),
    x: axes.x,
    stepAt: (x) => Math.round(((x - frame.left) / plot) * (steps + 0.4) - 0.7),
    top: frame.head,
  };
}

function textAt(content, x, y, size, extra = {}) {
  return makeSvgText(content, { x, y, "text-anchor": "middle", "font-size": size, ...extra });
}

/** Steps to x, log10 of a norm to y. The ends are whole powers of ten, so that the axis stands still while a loss moves a little. */
function createAxes(curves, steps, plot, { left, head, height, decades }) {
  let [least, most] = [Infinity, -Infinity];
  for (const { logs, band } of curves) {
    for (const log of [logs, band?.low ?? [], band?.high ?? []].flatMap((values) => Array.from(values))) {
      if (!Number.isFinite(log)) continue;
      least = Math.min(least, log);
      most = Math.max(most, log);
    }
  }
  const high = most > -Infinity ? Math.ceil(most - 1e-9) : 0;
  const low = Math.min(most > -Infinity ? Math.floor(least + 1e-9) : 0, high - decades);
  const x = (step) => left + ((step + 0.7) / (steps + 0.4)) * plot;
  const y = (log) => head + height * ((high + 0.15 - log) / (high - low + 0.3));
  return { x, y, low, high };
}

/** A line at each power of ten, or at fewer where there are many. */
function drawGrid({ y, low, high }, { left, right, width, height, letters }, colour) {
  const every = Math.max(1, Math.ceil((high - low) / Math.min(8, Math.floor(height / (1.6 * letters)))));
  const grid = [];
  for (let power = Math.ceil(low / every) * every; power <= high; power += every) {
    grid.push(
      makeSvg("path", { d: `M${left} ${y(power).toFixed(2)}H${width - right}`, stroke: colour }),
      textAt(powerOfTen(power), left - 8, y(power) + Math.round(0.3 * letters), letters, { "text-anchor": "end" }),
    );
  }
  return grid;
}

/** A label at each step, or at as many as there is room for; words are turned where they would run into each other. */
function drawTicks(ticks, { x }, plot, bottom, size) {
  const room = plot / ticks.length; // px of each step
  const widths = ticks.map((tick) => widthOf(tick, size));
  const isTurned = ticks.some((tick, at) => tick.length > 2 && widths[at] / 2 + (widths[at + 1] ?? 0) / 2 + 6 > room);
  const every = Math.max(1, Math.ceil((isTurned ? 1.25 * size : Math.max(13, ...widths.map((width) => width + 3))) / room));
  const elements = ticks.flatMap((tick, step) => {
    if (step % every) return [];
    const at = x(step);
    if (!isTurned) return [textAt(tick, at, bottom + size + 5, size)];
    return [makeSvgText(tick, { "text-anchor": "end", "font-size": size, transform: `translate(${(at + 4).toFixed(1)} ${bottom + size + 2}) rotate(-60)` })];
  });
  return { elements, room: isTurned ? TURNED_ROOM * size : 0 };
}

/** A number at every so many steps, the first and round ones. */
function roundSteps(steps) {
  const every = [1, 2, 5, 10, 20, 50, 100, 200].find((count) => steps / count <= 12) ?? 500;
  const places = Array.from({ length: steps }, (_, step) => step).filter((step) => step === 0 || (step + 1) % every === 0);
  return places.map((step) => ({ at: step, text: String(step + 1) }));
}

function labelSteps(marks, { x }, bottom, size) {
  return { elements: marks.map(({ at, text }) => textAt(text, x(at), bottom + size + 5, size)), room: 0 };
}

function drawBand({ low, high }, colour, { x, y }) {
  const edge = (logs) => Array.from(logs, (log, step) => (Number.isFinite(log) ? `${x(step).toFixed(1)} ${y(log).toFixed(1)}` : null)).filter(Boolean);
  const points = [...edge(low), ...edge(high).reverse()];
  return makeSvg("path", { d: points.length ? `M${points.join("L")}z` : "", fill: colour, "fill-opacity": 0.16 });
}

/** Where a norm is zero, which it is by underflow, a triangle stands at the foot. */
function drawCurve(curve, colour, { x, y, low }) {
  const logs = Array.from(curve.logs);
  const points = logs.map((log, step) => (Number.isFinite(log) ? [x(step).toFixed(2), y(log).toFixed(2)] : null));
  const line = points.map((point, step) => point && `${step && points[step - 1] ? "L" : "M"}${point.join(" ")}`).filter(Boolean).join("");
  const zeros = logs.flatMap((log, step) => (log !== -Infinity ? [] : [`M${(x(step) - 4).toFixed(2)} ${(y(low) - 4).toFixed(2)}h8l-4 8z`]));
  const isMarked = x(1) - x(0) >= MARKED_ROOM && !curve.stroke;
  const markers = isMarked ? points.filter(Boolean).map(([at, height]) => MARKERS[curve.cell](Number(at), Number(height), 3.2)).join("") : "";
  return makeSvg("g", { "data-curve": curve.label }, [
    makeSvg("path", { d: line, fill: "none", stroke: colour, ...strokeOf(curve) }),
    makeSvg("path", { d: markers, fill: colour, stroke: colour, "stroke-width": 1 }),
    makeSvg("path", { d: zeros.join(""), fill: colour }),
  ]);
}
