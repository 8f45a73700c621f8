// One unit over time: a row for each signal, on the time axis of the heatmaps above. On the left its number at the cursor, on
// the right the ends of its scale, which is the unit's own.

import { brief } from "../format/numbers.js";
import { MARGIN } from "../maps/map_size.js";
import { createVeil } from "../maps/veil.js";
import { make, sizeCanvas, write, writeNumber } from "../page/elements.js";
import { createReader, rangeOfUnit } from "../picture/signals.js";
import { windowWidth } from "../picture/time_window.js";

const CURVE_HEIGHT = 22;
const ROW_HEIGHT = 26; // two pixels above and below a curve are free

/** `beside()` gives the signals of the sentence that is compared with, on the same steps, or null: they are a thin line. */
export function createUnitCurves(cell, picture, scale, beside) {
  const { header, signals } = picture;
  const { at } = createReader(cell, picture);
  const steps = windowWidth(header);
  const rows = Object.keys(signals[cell]).map((signal) => makeRow(cell, signal, header));
  const canvas = make("canvas", { className: "curve-canvas", attributes: { "aria-hidden": "true", style: `left:${MARGIN.left}px` } }); // one for all curves, because each canvas is a layer of the page
  const cursor = make("div", { className: "curve-cursor" });
  const veil = createVeil();
  const parts = [canvas, ...rows.map((row) => row.element), veil.element, cursor];
  const element = make("div", { className: "curves" });
  const curves = {}; // by signal: the unit's values at all steps, and the range of its scale
  let width = 0;
  let drawn = 0;
  let ink = "";

  /** Show a unit, or with null none: then the curves take no room, and no number of them is on the page. */
  function draw(unit, start) {
    if (unit === null) {
      element.replaceChildren();
      return;
    }
    if (!element.firstChild) element.append(...parts);
    width = Math.max(1, element.clientWidth - MARGIN.left - MARGIN.right);
    ink = getComputedStyle(element).color;
    cursor.style.width = `${Math.max(3, width / steps)}px`;
    for (const { signal, value, low, high } of rows) {
      const values = header.tokens.map((_, step) => at(signal, step)[unit]);
      const others = othersOf(beside()?.[signal], unit, header.tokens.length);
      const range = rangeOfUnit(header, signal, [...values, ...others]);
      curves[signal] = { values, others, range };
      value.dataset.unit = unit;
      [low, high].forEach((end, place) => write(end, brief(range[place])));
    }
    redraw(start);
  }
  /** Asks the page for nothing: within a step it may be laid out only once. */
  function redraw(start) {
    drawn = start;
    const context = sizeCanvas(canvas, width, ROW_HEIGHT * rows.length);
    context.clearRect(0, 0, width, ROW_HEIGHT * rows.length);
    context.translate(0, (ROW_HEIGHT - CURVE_HEIGHT) / 2);
    for (const { signal } of rows) {
      const { values, others, range } = curves[signal];
      const [seen, thin] = [values, others].map((each) => each.slice(start, start + steps));
      drawCurve(context, seen, { width, range, colour: (number) => scale.css(signal, number), ink });
      drawThinLine(context, thin, { width, range, ink });
      context.translate(0, ROW_HEIGHT);
    }
  }
  function show(step, start, isVeiled) {
    if (start !== drawn) redraw(start);
    const each = width / steps;
    cursor.style.transform = `translateX(${MARGIN.left + (step - start) * each}px)`;
    veil.show(isVeiled ? { left: `${MARGIN.left + (step + 1 - start) * each}px`, right: `${MARGIN.right}px` } : null);
    for (const { signal, value } of rows) writeNumber(value, curves[signal].values[step], 2);
  }
  return { element, draw, show };
}

function makeRow(cell, signal, { texts }) {
  const value = make("span", { className: "curve-value", attributes: { "data-signal": signal, "data-cell": cell } });
  const symbol = make("span", { className: "curve-symbol", text: texts.symbols[cell][signal], attributes: { title: texts.signals[cell][signal] } });
  const [high, low] = [make("span"), make("span")];
  const element = make("div", {
    className: "curve",
    attributes: { "data-curve": signal, style: `grid-template-columns:${MARGIN.left}px 1fr ${MARGIN.right}px` },
    children: [make("span", { className: "curve-now", children: [symbol, value] }), make("span"), make("span", { className: "curve-ends", children: [high, low] })],
  });
  return { signal, value, low, high, element };
}

function othersOf(values, unit, steps) {
  if (!values) return [];
  const units = values.length / steps;
  return Array.from({ length: steps }, (_, step) => values[step * units + unit]);
}

/** From a value to its height. */
function heightsIn([low, high]) {
  return (value) => 1 + (CURVE_HEIGHT - 2) * (1 - (Math.max(low, Math.min(high, value)) - low) / (high - low));
}

/** A dashed line, which breaks where there is no value. */
function drawThinLine(context, values, { width, range, ink }) {
  const y = heightsIn(range);
  const each = width / values.length;
  context.save();
  context.strokeStyle = ink;
  context.setLineDash([3, 2]);
  context.beginPath();
  values.forEach((value, step) => {
    if (!Number.isFinite(value)) return;
    if (Number.isFinite(values[step - 1])) context.lineTo(step * each, y(value));
    else context.moveTo(step * each, y(value));
    context.lineTo((step + 1) * each, y(value));
  });
  context.stroke();
  context.restore();
}

/** Bars from the zero line in the colours of the heatmap, under a line in the colour of the text. */
function drawCurve(context, values, { width, range, colour, ink }) {
  const y = heightsIn(range);
  const each = width / values.length;
  const zero = y(Math.max(0, range[0]));
  values.forEach((value, step) => {
    context.fillStyle = colour(value);
    context.fillRect(step * each, Math.min(y(value), zero), each + 0.5, Math.abs(zero - y(value)));
  });
  context.strokeStyle = ink;
  context.globalAlpha = 0.25;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(0, zero);
  context.lineTo(width, zero);
  context.stroke();
  context.globalAlpha = each < 4 ? 0.6 : 0.85; // over narrow columns the line must not hide them
  context.lineWidth = each < 4 ? 0.75 : 1.25;
  context.beginPath();
  values.forEach((value, step) => {
    context.lineTo(step * each, y(value));
    context.lineTo((step + 1) * each, y(value));
  });
  context.stroke();
  context.globalAlpha = 1;
}
