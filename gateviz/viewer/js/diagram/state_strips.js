// The state before and after a cell, at the two ends of its diagram: a patch of colour for each unit, so that one sees the
// whole vector change. Each strip is a canvas with a pixel for each unit; a step sets its pixels and nothing else.

import { fill } from "../format/texts.js";
import { make, makeSvg } from "../page/elements.js";
import { DIAGRAM } from "./cell_diagrams.js";

const MOST_ROWS = 64; // more stand in several columns, side by side
const STRIP = { width: 16, height: 96 }; // in units of the diagram
const LEFT = { before: 4, now: 340 };
const TOPS = {
  rnn: { hidden_state: 62 },
  lstm: { cell_state: 8, hidden_state: 116 },
  gru: { hidden_state: 8 },
};

/** The strips of one cell, over its diagram. A click on a unit calls chooseUnit(unit). */
export function createStateStrips(cell, header, scale, chooseUnit) {
  let grid = createGrid(0);
  const names = Object.entries(TOPS[cell]).flatMap(([signal, top]) => Object.keys(LEFT).map((when) => ({ signal, when, top })));
  const strips = names.map((name) => createStrip(cell, header.texts, name));
  let rows = [];
  let marked = null; // the place of the unit that is marked
  for (const { canvas } of strips) {
    canvas.addEventListener("click", (event) => {
      const place = grid.placeAt(event.offsetX / canvas.clientWidth, event.offsetY / canvas.clientHeight);
      if (place !== null) chooseUnit(rows[place]);
    });
  }

  /** `values(signal, when)` gives all units' numbers, or null before the first step; `shown` are the units from the top
   *  down; `unit` is marked, null for none. */
  function show(values, unit, shown) {
    if (shown.length !== rows.length) resize(shown.length);
    rows = shown;
    for (const { signal, when, context, image, pixels } of strips) {
      const [numbers, pixel] = [values(signal, when), scale.painter(signal)];
      rows.forEach((row, place) => (pixels[grid.pixelOf(place)] = pixel(numbers ? numbers[row] : 0)));
      context.putImageData(image, 0, 0);
    }
    const place = unit === null || !rows.includes(unit) ? null : rows.indexOf(unit);
    if (place === marked) return;
    marked = place;
    for (const { mark } of strips) {
      mark.style.visibility = place === null ? "" : "visible";
      if (place !== null) mark.style.transform = `translate(${100 * grid.columnOf(place)}%, ${100 * grid.rowOf(place)}%)`;
    }
  }
  function resize(units) {
    grid = createGrid(units);
    for (const strip of strips) fit(strip, grid);
    marked = null;
  }
  /** The strips as they are shown now, as parts of a drawing that is saved. */
  function images() {
    return strips.flatMap((strip) => drawStrip(strip, grid, marked));
  }
  return { elements: strips.map(({ element }) => element), show, images };
}

/** Where each unit's pixel is: in columns, from the top down. */
function createGrid(units) {
  const columns = Math.ceil(units / MOST_ROWS);
  const rows = Math.ceil(units / columns);
  const columnOf = (place) => Math.floor(place / rows);
  const rowOf = (place) => place % rows;
  const placeAt = (across, down) => {
    const place = Math.floor(across * columns) * rows + Math.floor(down * rows);
    return place >= 0 && place < units ? place : null;
  };
  return { units, columns, rows, columnOf, rowOf, placeAt, pixelOf: (place) => rowOf(place) * columns + columnOf(place) };
}

function createStrip(cell, texts, { signal, when, top }) {
  const state = texts.signals[cell][signal];
  const name = when === "now" ? fill(texts.strip_now, { signal: state }) : fill(texts.strip_before, { signal: state });
  const canvas = make("canvas", { attributes: { role: "img", "aria-label": name, title: name, "data-strip": signal, "data-when": when } });
  const mark = make("div", { className: "strip-unit" });
  const element = make("div", { className: "strip", attributes: { style: styleOf(when, top) }, children: [canvas, mark] });
  return { signal, when, top, canvas, mark, element, context: canvas.getContext("2d"), image: null, pixels: null };
}

/** Give a strip a pixel for each unit. */
function fit(strip, { columns, rows }) {
  [strip.canvas.width, strip.canvas.height] = [columns, rows];
  Object.assign(strip.mark.style, { width: `${100 / columns}%`, height: `${100 / rows}%`, visibility: "" });
  strip.image = strip.context.createImageData(columns, rows);
  strip.pixels = new Uint32Array(strip.image.data.buffer);
}

function styleOf(when, top) {
  const share = (length, whole) => `${((100 * length) / whole).toFixed(3)}%`;
  const { width, height } = DIAGRAM;
  return `left: ${share(LEFT[when], width)}; top: ${share(top, height)}; width: ${share(STRIP.width, width)}; height: ${share(STRIP.height, height)}`;
}

function drawStrip({ signal, when, top, canvas }, grid, marked) {
  const place = { x: LEFT[when], y: top, ...STRIP };
  const [width, height] = [place.width / grid.columns, place.height / grid.rows];
  const frame = (box, extra) => makeSvg("rect", { ...box, fill: "none", stroke: "#20242b", ...extra });
  const unit = { x: place.x + grid.columnOf(marked) * width, y: place.y + grid.rowOf(marked) * height, width, height };
  return [
    makeSvg("image", { ...place, href: canvas.toDataURL(), preserveAspectRatio: "none", "image-rendering": "pixelated", "data-strip": signal, "data-when": when }),
    frame(place, { "stroke-opacity": 0.45, "stroke-width": 0.8 }),
    ...(marked === null ? [] : [frame(unit, { "stroke-width": 1.2 })]),
  ];
}
