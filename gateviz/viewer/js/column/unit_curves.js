// One unit over time: a row for each signal, on the time axis of the heatmaps below, with its number at the cursor on the right.

import { createVeil } from "../maps/veil.js";
import { make, sizeCanvas, writeNumber } from "../page/elements.js";
import { rangeOf } from "../picture/signals.js";
import { windowWidth } from "../picture/time_window.js";

const CURVE_HEIGHT = 22;
const ROW_HEIGHT = 24; // a pixel above and below a curve is free

export function createUnitCurves(cell, picture, scale) {
  const { header, signals } = picture;
  const { geometry, units } = header;
  const steps = windowWidth(header);
  const rows = Object.keys(signals[cell]).map((signal) => makeRow(cell, signal, header));
  const canvas = make("canvas", { className: "curve-canvas", attributes: { "aria-hidden": "true", style: `left:${geometry.left}px` } }); // one for all curves, because each canvas is a layer of the page
  const cursor = make("div", { className: "curve-cursor" });
  const veil = createVeil();
  const element = make("div", { className: "curves", children: [canvas, ...rows.map((row) => row.element), veil.element, cursor] });
  const valueOf = (signal, step, unit) => signals[cell][signal][step * units[cell] + unit];
  let width = 0;
  let drawn = 0;
  let ink = "";

  function draw(unit, start) {
    width = Math.max(1, element.clientWidth - geometry.left - geometry.right);
    ink = getComputedStyle(element).color;
    cursor.style.width = `${Math.max(3, width / steps)}px`;
    redraw(unit, start);
  }
  /** Asks the page for nothing: within a step it may be laid out only once. */
  function redraw(unit, start) {
    drawn = start;
    const context = sizeCanvas(canvas, width, ROW_HEIGHT * rows.length);
    context.clearRect(0, 0, width, ROW_HEIGHT * rows.length);
    context.translate(0, (ROW_HEIGHT - CURVE_HEIGHT) / 2);
    for (const { signal, value } of rows) {
      value.dataset.unit = unit;
      const values = Float32Array.from({ length: steps }, (_, place) => valueOf(signal, start + place, unit));
      drawCurve(context, values, { width, range: rangeOf(header, signal), colour: (number) => scale.css(signal, number), ink });
      context.translate(0, ROW_HEIGHT);
    }
  }
  function show(step, unit, start, isVeiled) {
    if (start !== drawn) redraw(unit, start);
    const each = width / steps;
    cursor.style.transform = `translateX(${geometry.left + (step - start) * each}px)`;
    veil.show(isVeiled ? { left: `${geometry.left + (step + 1 - start) * each}px`, right: `${geometry.right}px` } : null);
    for (const { signal, value } of rows) writeNumber(value, valueOf(signal, step, unit), 3);
  }
  return { element, draw, show };
}

function makeRow(cell, signal, { geometry, texts }) {
  const value = make("span", { className: "curve-value", attributes: { "data-signal": signal, "data-cell": cell } });
  const symbol = make("span", { className: "curve-symbol", text: texts.symbols[cell][signal], attributes: { title: texts.signals[cell][signal] } });
  const element = make("div", {
    className: "curve",
    attributes: { "data-curve": signal, style: `grid-template-columns:${geometry.left}px 1fr ${geometry.right}px` },
    children: [symbol, make("span"), value],
  });
  return { signal, value, element };
}

/** Bars from the zero line in the colours of the heatmap, under a line in the colour of the text. */
function drawCurve(context, values, { width, range: [low, high], colour, ink }) {
  const y = (value) => 1 + (CURVE_HEIGHT - 2) * (1 - (Math.max(low, Math.min(high, value)) - low) / (high - low));
  const each = width / values.length;
  const zero = y(Math.max(0, low));
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
