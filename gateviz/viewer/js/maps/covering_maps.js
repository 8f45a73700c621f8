// Maps that cover Plotly's: with their rows in another order, or with another window of a long text. Each is drawn once, a
// pixel for each value; a window is moved and not drawn again.

import { make } from "../page/elements.js";
import { windowWidth } from "../picture/time_window.js";
import { drawMap } from "./map_pixels.js";
import { evenTicks } from "./step_ticks.js";

/** `order()` gives the units from the top down, or null for the order of their numbers. */
export function createCoveringMaps(cell, picture, scale, order) {
  const { header } = picture;
  const units = header.units[cell];
  const steps = header.tokens.length;
  const places = header.maps[cell];
  const wide = windowWidth(header);
  const isLong = steps > wide;
  const covers = places.map((one) => createCover(one, steps, units));
  const axis = createAxis(steps, isLong);
  let each = 0; // px of a step

  /** A text of one window with its rows in order is left to the figure. */
  function draw() {
    const rows = order();
    const isCovered = rows !== null || isLong;
    for (const cover of covers) {
      cover.view.hidden = !isCovered;
      cover.rows.hidden = rows === null;
      if (rows) cover.ends.forEach((end, last) => (end.textContent = rows[last ? units - 1 : 0]));
      if (isCovered) drawWhatHasCome(cover, cell, picture, scale, rows);
    }
  }
  /** `box` is the plots' area: {left, top, width} in px, `top` of the whole figure. */
  function place(box) {
    each = box.width / wide;
    const { left } = header.geometry;
    for (const { view, canvas, rows, top, height } of covers) {
      Object.assign(view.style, { left: `${box.left}px`, top: `${box.top + top}px`, width: `${box.width}px`, height: `${height}px` });
      Object.assign(canvas.style, { width: `${each * steps}px`, height: `${height}px` });
      Object.assign(rows.style, { left: `${box.left - left}px`, top: `${box.top + top - 8}px`, width: `${left - 4}px`, height: `${height + 16}px` }); // over the figure's own numbers
    }
    const foot = places.at(-1).top + places.at(-1).height;
    axis.place({ left: box.left, top: box.top + foot, width: box.width }, each);
  }
  function show(start) {
    if (!isLong) return;
    const transform = `translateX(${-start * each}px)`;
    for (const { canvas } of covers) canvas.style.transform = transform;
    axis.strip.style.transform = transform;
  }
  return { elements: [axis.element, ...covers.flatMap(({ view, rows }) => [view, rows])], draw, place, show };
}

function createCover({ signal, top, height }, steps, units) {
  const canvas = make("canvas", { attributes: { width: steps, height: units } });
  const view = make("div", { className: "gateviz-view", attributes: { "data-view": signal }, children: [canvas] });
  const ends = [make("span"), make("span")]; // the numbers of the first and the last row
  const rows = make("div", { className: "gateviz-rows", children: ends });
  return { signal, top, height, canvas, view, ends, rows, drawnRows: null, drawnSpans: new Set() };
}

function drawWhatHasCome(cover, cell, picture, scale, rows) {
  const { header, signals } = picture;
  const wanted = rows ?? "unit";
  if (cover.drawnRows !== wanted) cover.drawnSpans.clear();
  cover.drawnRows = wanted;
  for (const [from, to] of picture.spans()) {
    if (cover.drawnSpans.has(from)) continue;
    cover.drawnSpans.add(from);
    drawMap(cover.canvas, signals[cell][cover.signal], { from, to, units: header.units[cell], rows, pixel: scale.painter(cover.signal) });
  }
}

/** The numbers of the steps under the maps of a long text. The strip moves with the window. */
function createAxis(steps, isLong) {
  const strip = make("div", { className: "gateviz-ticks" });
  const element = make("div", { className: "gateviz-axis", children: [strip] });
  element.hidden = !isLong;
  function place({ left, top, width }, each) {
    Object.assign(element.style, { left: `${left - 8}px`, top: `${top}px`, width: `${width + 16}px` });
    if (isLong) strip.replaceChildren(...evenTicks(steps, each).map((step) => make("span", { text: String(step + 1), attributes: { style: `left: ${(step + 0.5) * each + 8}px` } })));
  }
  return { element, strip, place };
}
