// The heatmaps of one architecture on one time axis, with the cursor behind them: its brackets are seen above and below each
// map, and nothing lies over the data.

import { make, write } from "../page/elements.js";
import { isLecture } from "../page/lecture_mode.js";
import { plainBeside } from "../picture/other_numbers.js";
import { windowWidth } from "../picture/time_window.js";
import { createMapPointer } from "./map_pointer.js";
import { areAsExpected, FEW, mapsOf, rowsNote, rowsOf } from "./map_rows.js";
import { MARGIN, mapHeight } from "./map_size.js";
import { createMapView } from "./map_view.js";
import { ticksOfWindows } from "./step_ticks.js";
import { createVeil } from "./veil.js";

/** `shared` is that of createArchitectureColumn(); `beside()` gives the signals that the maps can be held against, or null. */
export function createCellMaps(cell, picture, { scale, state, actions, beside }) {
  const { header } = picture;
  const [steps, wide] = [header.tokens.length, windowWidth(header)];
  const all = Object.keys(picture.signals[cell]);
  const views = {}; // by signal; made when first shown
  const cursor = createCursor(wide);
  const axis = createAxis(steps, wide);
  const veil = createVeil();
  const stack = make("div", { className: "map-stack" });
  const pointer = createMapPointer(cell, header, (event) => spotUnder(event, shown, state, wide), actions);
  const element = make("div", {
    className: "maps",
    attributes: { "data-maps": cell, style: `--left: ${MARGIN.left}px; --right: ${MARGIN.right}px` },
    children: [cursor.element, stack, axis.element, veil.element, pointer.readout],
  });
  pointer.listenTo(element);
  let shown = [];
  let rows = null;
  let isFew = false; // whether the rows are those of a picture that begins

  /** The maps that are asked for, with what has come of them. */
  function draw() {
    const wanted = mapsOf(header, cell, all, state);
    if (wanted.join() !== shown.map(({ signal }) => signal).join()) {
      shown = wanted.map((signal) => (views[signal] ??= createMapView(cell, signal, picture, scale)));
      stack.replaceChildren(...shown.map((one) => one.element));
    }
    const next = rowsOf(header, cell, state);
    if (next.join() !== rows?.join()) rows = next;
    isFew = rows.join() === header.orders[cell][FEW].join();
    const note = areAsExpected(header, cell, state) ? "" : rowsNote(header, cell, state);
    for (const [place, map] of shown.entries()) {
      map.draw(rows, mapHeight(header, cell, state), state.mapLook, beside());
      map.markUnit(state.whole ? null : state.unit);
      write(map.note, place ? "" : note);
    }
  }
  function show() {
    const { step, start, veiled } = state;
    cursor.show(step - start);
    veil.show(veiled ? afterStep(step - start, wide) : null);
    if (steps === wide) return;
    const transform = `translateX(${(-100 * start) / steps}%)`;
    axis.strip.style.transform = transform;
    for (const { canvas } of shown) canvas.style.transform = transform;
  }
  /** Whether the maps are as Plotly's figures are. In lecture mode there is only one, and a veil lies over the viewer's own. */
  function isPlain() {
    const isOther = plainBeside(picture, cell) !== null || (beside() !== null && state.mapLook !== "after");
    return isFew && !isOther && !state.veiled && !isLecture() && shown.length === header.maps[cell].length && state.start === 0;
  }
  /** Where Plotly's figure of them is to lie: see figure_places.js. */
  function figure() {
    return { element: stack, isSame: isPlain() };
  }
  function light(lit) {
    for (const map of shown) map.element.classList.toggle("lit", map.signal === lit);
  }
  return { element, draw, show, light, isPlain, figure };
}

/** Where all that comes after a step of the window lies. */
function afterStep(place, wide) {
  return { left: `calc(var(--left) + (100% - var(--left) - var(--right)) * ${Math.max(0, place + 1) / wide})`, right: "var(--right)" };
}

/** What lies under the pointer: a map's step, unit and value, or null. */
function spotUnder(event, shown, { start, mapLook }, wide) {
  const map = shown.find(({ view }) => event.composedPath().includes(view));
  if (!map) return null;
  const box = map.view.getBoundingClientRect();
  const [x, y] = [event.clientX, event.clientY].map((point) => Math.floor(point) + 0.5); // the middle of a pixel
  const [across, down] = [(x - box.left) / box.width, (y - box.top) / box.height];
  const step = start + Math.min(wide - 1, Math.max(0, Math.floor(across * wide)));
  const unit = map.unitAt(Math.min(0.9999, Math.max(0, down)));
  return { step, unit, signal: map.signal, value: map.valueAt(step, unit), look: mapLook, isRight: across > 0.5 };
}

/** Two brackets that reach from above the first map to below the last. The maps cover what would lie over their data. */
function createCursor(wide) {
  const bracket = make("div", { className: "map-cursor-bracket", attributes: { style: `width: ${100 / wide}%` } });
  const slide = make("div", { className: "map-cursor", children: [bracket] });
  const element = make("div", { className: "map-cursor-lane", attributes: { "aria-hidden": "true" }, children: [slide] });
  return { element, show: (place) => (slide.style.transform = `translateX(${(100 * place) / wide}%)`) };
}

/** The numbers of the steps. Of a long text the strip moves with the window. */
function createAxis(steps, wide) {
  const tick = (step) => make("span", { text: String(step + 1), attributes: { style: `left: ${(100 * (step + 0.5)) / steps}%` } });
  const children = ticksOfWindows(steps, wide).map(tick);
  const strip = make("div", { className: "map-ticks", attributes: { style: `width: ${(100 * steps) / wide}%` }, children });
  return { strip, element: make("div", { className: "map-axis", children: [strip] }) };
}
