// The state before and after a cell, at the two ends of its diagram: a patch of colour for each unit, so that one sees the
// whole vector change. Each strip is a canvas with a pixel for each unit; a step sets its pixels and nothing else.

import { fill } from "../format/texts.js";
import { make, makeSvg } from "../page/elements.js";

const MOST_ROWS = 64; // more stand in several columns, side by side
const MIDDLES = { // how far down the drawing each strip has its middle
  rnn: { hidden_state: 0.46 },
  lstm: { cell_state: 0.22, hidden_state: 0.79 },
  gru: { hidden_state: 0.22 },
};

/** The strips of one cell, over its diagram. A click on a unit calls chooseUnit(unit). */
export function createStateStrips(cell, header, scale, chooseUnit) {
  let grid = createGrid(0);
  const names = Object.entries(MIDDLES[cell]).flatMap(([signal, middle]) => ["before", "now"].map((when) => ({ signal, when, middle })));
  const strips = names.map((name) => createStrip(cell, header.texts, name));
  let rows = [];
  let size = null; // of the drawing: see drawing_size.js
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
  /** Stand at the ends of a drawing of this size. */
  function stand(drawing) {
    size = drawing;
    for (const strip of strips) strip.element.style.cssText = styleOf(placeOf(strip, size), size);
  }
  /** The strips as they are shown now, as parts of a drawing that is saved. */
  function images() {
    return strips.flatMap((strip) => drawStrip(strip, placeOf(strip, size), grid, marked));
  }
  return { elements: strips.map(({ element }) => element), stand, show, images };
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

function createStrip(cell, texts, { signal, when, middle }) {
  const state = texts.signals[cell][signal];
  const name = when === "now" ? fill(texts.strip_now, { signal: state }) : fill(texts.strip_before, { signal: state });
  const canvas = make("canvas", { attributes: { role: "img", "aria-label": name, title: name, "data-strip": signal, "data-when": when } });
  const mark = make("div", { className: "strip-unit" });
  const element = make("div", { className: `strip ${when}`, children: [canvas, mark] });
  return { signal, when, middle, canvas, mark, element, context: canvas.getContext("2d"), image: null, pixels: null };
}

/** Give a strip a pixel for each unit. */
function fit(strip, { columns, rows }) {
  [strip.canvas.width, strip.canvas.height] = [columns, rows];
  Object.assign(strip.mark.style, { width: `${100 / columns}%`, height: `${100 / rows}%`, visibility: "" });
  strip.image = strip.context.createImageData(columns, rows);
  strip.pixels = new Uint32Array(strip.image.data.buffer);
}

function placeOf({ when, middle }, { height, strip }) {
  const top = Math.max(1, Math.min(height - strip.height - 1, middle * height - strip.height / 2));
  return { x: strip[when], y: top, width: strip.width, height: strip.height };
}

function styleOf({ x, y, width, height }, size) {
  const share = (length, whole) => `${((100 * length) / whole).toFixed(3)}%`;
  return `left: ${share(x, size.width)}; top: ${share(y, size.height)}; width: ${share(width, size.width)}; height: ${share(height, size.height)}`;
}

function drawStrip({ signal, when, canvas }, place, grid, marked) {
  const [width, height] = [place.width / grid.columns, place.height / grid.rows];
  const frame = (box, extra) => makeSvg("rect", { ...box, fill: "none", stroke: "#20242b", ...extra });
  const unit = { x: place.x + grid.columnOf(marked) * width, y: place.y + grid.rowOf(marked) * height, width, height };
  return [
    makeSvg("image", { ...place, href: canvas.toDataURL(), preserveAspectRatio: "none", "image-rendering": "pixelated", "data-strip": signal, "data-when": when }),
    frame(place, { "stroke-opacity": 0.45, "stroke-width": 0.8 }),
    ...(marked === null ? [] : [frame(unit, { "stroke-width": 1.2 })]),
  ];
}
