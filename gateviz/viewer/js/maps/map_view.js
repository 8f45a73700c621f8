// One heatmap: its title, its pixels, and the mark at the chosen unit's row. All its steps are drawn once; a window on a long
// text is moved and not drawn again.

import { make } from "../page/elements.js";
import { windowWidth } from "../picture/time_window.js";
import { shownValues } from "./map_look.js";
import { drawMap } from "./map_pixels.js";

/** @param {string} signal */
export function createMapView(cell, signal, picture, scale) {
  const { header } = picture;
  const { texts, tokens } = header;
  const steps = tokens.length;
  const name = `${texts.cells[cell]}: ${texts.signals[cell][signal]}`;
  const width = (100 * steps) / windowWidth(header);
  const canvas = make("canvas", { attributes: { role: "img", "aria-label": name, style: `width: ${width}%` } });
  const view = make("div", { className: "map-view", attributes: { "data-map": signal, "data-map-cell": cell }, children: [canvas] });
  const label = make("span", { className: "map-unit" });
  const mark = make("div", { className: "map-row", attributes: { "aria-hidden": "true" }, children: [label] });
  const note = make("span", { className: "map-note", attributes: { title: texts.rows_note_title } });
  const title = make("div", { className: "map-title", children: [
    make("i", { text: texts.symbols[cell][signal] }), make("span", { className: "map-name", text: texts.titles[cell][signal] }), note,
  ] });
  const element = make("div", { className: "map", children: [title, make("div", { className: "map-plot", children: [mark, view] })] });
  let rows = [];
  let values = null; // those that are on the canvas
  let drawn = new Set(); // the spans of a long text that are on the canvas

  /**
   * Draw what has come, `high` px high. With other rows or numbers than before, all of it. `look` says which numbers, where there
   * are `others`: see map_look.js.
   */
  function draw(wanted, high, look, others) {
    const units = picture.signals[cell][signal].length / steps;
    const next = shownValues(look, picture.signals[cell][signal], others?.[signal] ?? null);
    if (next !== values) {
      drawn = new Set();
      canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height); // not all steps may be there
    }
    values = next;
    if (wanted !== rows) {
      rows = wanted.filter((unit) => unit < units); // a projected hidden state has fewer
      drawn = new Set();
      [canvas.width, canvas.height] = [steps, rows.length];
    }
    element.style.setProperty("--high", `${high}px`);
    for (const [from, to] of picture.spans(cell)) {
      if (drawn.has(from)) continue;
      drawn.add(from);
      drawMap(canvas, values, { from, to, units, rows, pixel: scale.painter(signal, look === "difference" && others !== null) });
    }
  }
  /** Mark a unit's row, or none with null. */
  function markUnit(unit) {
    const row = unit === null ? -1 : rows.indexOf(unit);
    mark.hidden = row < 0;
    if (row < 0) return;
    mark.style.top = `${(100 * (row + 0.5)) / rows.length}%`;
    label.textContent = unit;
  }
  const unitAt = (share) => rows[Math.floor(share * rows.length)];
  const valueAt = (step, unit) => values[(step * values.length) / steps + unit];
  return { signal, element, view, canvas, note, draw, markUnit, unitAt, valueAt };
}
