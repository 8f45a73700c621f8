// How a training went: a line for each cell over its steps, and a cursor at the frame that is shown. A drag along it scrubs.

import { brief, powerOfTen } from "../format/numbers.js";
import { make, makeSvg, makeSvgText, write } from "../page/elements.js";
import { axisSteps, createScale, placeOf } from "./scales.js";

const WIDE = 380;
const [LEFT, RIGHT, TOP] = [40, 8, 6];
const PLOT = WIDE - LEFT - RIGHT;

/**
 * @param {object} options
 * @param {string} options.name Of the figure in a frame: "score", "loss" or "norm".
 * @param {number} options.high px of the plot.
 * @param {boolean} [options.hasSteps] Whether the steps stand under it.
 * @param {(place: number) => void} options.seek Called with 0 .. 1 while somebody drags along it.
 */
export function createCourseChart({ name, high, hasSteps = false, seek }) {
  const title = make("h3", { className: "course-title" });
  const svg = makeSvg("svg", { class: "course", viewBox: `0 0 ${WIDE} ${high + TOP + (hasSteps ? 20 : 6)}`, role: "img" });
  const cursor = makeSvg("line", { class: "now", y1: TOP, y2: TOP + high });
  const element = make("figure", { className: "course-chart", attributes: { "data-course": name }, children: [title, svg] });
  scrubWith(svg, seek);

  /** Draw the frames so far. `how` is what `createScale` takes, with `level`, a line across the chart; `figureOf` finds a
   *  cell's figure in its part of a frame. */
  function draw({ frames, steps, cells, text, how = {}, figureOf = (part) => part[name] ?? null }) {
    const valueAt = (frame, cell) => (frame.cells[cell] ? figureOf(frame.cells[cell]) : null);
    write(title, text);
    svg.setAttribute("aria-label", text);
    const all = frames.flatMap((frame) => cells.map((cell) => valueAt(frame, cell)));
    const scale = createScale([...all, how.level ?? null].filter((value) => value !== null), how);
    const y = (value) => (value === null || scale.place(value) === null ? null : TOP + (1 - scale.place(value)) * high);
    const lines = cells.map((cell) => makeSvg("path", { class: `line ${cell}`, "data-line": cell, d: pathOf(frames.map((frame) => [x(frame.step, steps), y(valueAt(frame, cell))])) }));
    const level = y(how.level ?? null) === null ? [] : [makeSvg("path", { class: "level", d: `M${LEFT} ${y(how.level)}h${PLOT}` })];
    svg.replaceChildren(frameOf(high), ...heights(scale, y, how.isLog), ...level, ...lines, ...(hasSteps ? stepNames(steps, high) : []), cursor);
    element.hidden = all.every((value) => value === null);
  }

  function show(step, steps) {
    for (const end of ["x1", "x2"]) cursor.setAttribute(end, x(step, steps));
  }
  return { element, draw, show };
}

function x(step, steps) {
  return LEFT + PLOT * placeOf(step, steps);
}

/** A line through the points that are known. */
function pathOf(points) {
  const bend = ([across, height], index) => (height === null ? "" : `${index && points[index - 1][1] !== null ? "L" : "M"}${across.toFixed(1)} ${height.toFixed(1)}`);
  const alone = ([, height], index) => (height !== null && (points[index - 1]?.[1] ?? null) === null && (points[index + 1]?.[1] ?? null) === null ? "h0.1" : "");
  return points.map((point, index) => bend(point, index) + alone(point, index)).join("");
}

function frameOf(high) {
  return makeSvg("path", { class: "axis", d: `M${LEFT} ${TOP}v${high}h${PLOT}` });
}

function heights(scale, y, isLog) {
  const ends = [scale.low, scale.high].filter((value) => Number.isFinite(value));
  const text = (value) => (isLog && (value < 0.01 || value >= 1000) ? powerOfTen(Math.round(Math.log10(value))) : brief(value));
  return ends.map((value) => makeSvgText(text(value), { class: "tick", x: LEFT - 5, y: y(value) + 4, "text-anchor": "end" }));
}

function stepNames(steps, high) {
  return axisSteps(steps).map((step) => makeSvgText(step.toLocaleString("en"), { class: "tick", x: x(step, steps), y: TOP + high + 16, "text-anchor": step === steps ? "end" : "middle" }));
}

function scrubWith(svg, seek) {
  const at = (event) => {
    const box = svg.getBoundingClientRect();
    const across = ((event.clientX - box.left) / box.width) * WIDE;
    seek(Math.max(0, Math.min(1, (across - LEFT) / PLOT)));
  };
  svg.addEventListener("pointerdown", (event) => {
    svg.setPointerCapture(event.pointerId);
    at(event);
  });
  svg.addEventListener("pointermove", (event) => svg.hasPointerCapture(event.pointerId) && at(event));
}
