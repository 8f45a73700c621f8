// What lies over the Plotly heatmaps of one architecture: the cursor, the profiles, the chosen unit, the read-out, and maps
// that the figures do not show. Plotly is not asked for anything: figures/places.py says where its plots are.

import { packColour } from "../format/colours.js";
import { make } from "../page/elements.js";
import { createReader } from "../picture/signals.js";
import { windowWidth } from "../picture/time_window.js";
import { createCoveringMaps } from "./covering_maps.js";
import { createFirstHeatmaps } from "./first_heatmaps.js";
import { createMapPointer } from "./map_pointer.js";
import { byValue, createProfiles, drawProfile } from "./unit_profiles.js";
import { createVeil } from "./veil.js";

const TITLE = 22; // px of type over a map

/** `shared` is that of createArchitectureColumn(). The overlay finds its figure in the page, where figures come and go. */
export function createOverlay(cell, picture, shared) {
  return new Overlay(cell, picture, shared);
}

class Overlay {
  #cell;
  #header;
  #state;
  #wide; // steps in a window
  #units;
  #reader;
  #layer = make("div", { className: "gateviz-overlay", attributes: { "aria-hidden": "true" } });
  #cursor = make("div", { className: "gateviz-cursor" });
  #marks; // for each map: its place, the line at the chosen unit and its y, the ring of a lit map
  #first;
  #covers;
  #profiles;
  #pointer;
  #veil = createVeil();
  #box = { left: 0, top: 0, width: 0 }; // the plots' area in the overlay, `top` of the whole figure

  constructor(cell, picture, { scale, state, actions, page }) {
    const { header } = picture;
    this.#cell = cell;
    this.#header = header;
    this.#state = state;
    this.#wide = windowWidth(header);
    this.#units = header.units[cell];
    this.#reader = createReader(cell, picture);
    for (const [name, colour] of Object.entries(page)) this.#layer.style.setProperty(`--${name}`, colour);
    const places = header.maps[cell];
    const ink = packColour(page.ink);
    this.#profiles = createProfiles(places, (canvas, place) => this.#drawProfile(canvas, place, { ink, pixel: scale.painter(place.signal) }));
    this.#marks = places.map((place) => ({
      place,
      line: make("div", { className: "gateviz-unit" }),
      ring: make("div", { className: "gateviz-lit", attributes: { "data-map": place.signal } }),
      y: null,
    }));
    this.#first = createFirstHeatmaps(cell, picture, scale);
    this.#covers = createCoveringMaps(cell, picture, scale, () => this.#order());
    this.#pointer = createMapPointer(cell, picture, (event, host) => this.#spotUnder(event, host), actions);
    const marks = this.#marks.flatMap(({ line, ring }, index) => [this.#profiles.canvases[index], line, ring]);
    this.#layer.append(this.#first.element, ...this.#covers.elements, ...marks, this.#veil.element, this.#cursor, this.#pointer.readout);
  }

  /** Lay the overlay over the figure, wherever it is now. */
  place() {
    const host = document.querySelector(`.st-key-maps_${this.#cell}, [data-maps="${this.#cell}"]`);
    if (!host || host.clientWidth === 0) return this.#layer.remove();
    const plot = host.querySelector(".js-plotly-plot, .gateviz-plot");
    const isDrawn = plot?.matches(".gateviz-plot") || plot?.querySelectorAll(".heatmaplayer image").length === this.#marks.length;
    host.style.minHeight = `${this.#first.height}px`;
    this.#first.element.hidden = isDrawn;
    if (!isDrawn) this.#first.paint(host.clientWidth);
    if (this.#layer.parentElement !== host) {
      host.append(this.#layer);
      this.#pointer.listenTo(host);
    }
    const [outer, inner] = [host, isDrawn ? plot : host].map((element) => element.getBoundingClientRect());
    const { left, right } = this.#header.geometry;
    this.#box = { left: inner.left - outer.left + left, top: inner.top - outer.top, width: inner.width - left - right };
    this.#placeMarks();
    this.#covers.draw();
    this.#covers.place(this.#box);
    this.show();
  }

  show() {
    if (!this.#layer.isConnected) return;
    const { step, unit, start, veiled } = this.#state;
    const { left, top: figureTop, width } = this.#box;
    const row = this.#order()?.indexOf(unit) ?? unit;
    this.#covers.show(start);
    this.#cursor.style.transform = `translateX(${left + ((step - start) * width) / this.#wide}px)`;
    this.#veil.show(veiled ? { left: `${left + ((step + 1 - start) * width) / this.#wide}px`, right: `calc(100% - ${left + width}px)` } : null);
    this.#profiles.show();
    for (const mark of this.#marks) {
      const y = figureTop + mark.place.top + ((row + 0.5) * mark.place.height) / this.#units - 1.5;
      if (mark.y !== y) mark.line.style.transform = `translateY(${y}px)`;
      mark.y = y;
    }
  }

  /** Put a ring around the map of that signal, and around no other. */
  light(lit) {
    for (const { place, ring } of this.#marks) ring.classList.toggle("lit", place.signal === lit);
  }

  dispose() {
    this.#profiles.dispose();
    this.#pointer.dispose();
    this.#layer.remove();
  }

  /** The units from the top down, or null for the order of their numbers. */
  #order() {
    return this.#header.orders[this.#cell][this.#state.order] ?? null;
  }

  #placeMarks() {
    const { left, top: figureTop, width } = this.#box;
    const places = this.#header.maps[this.#cell];
    const [first, last] = [places[0], places.at(-1)];
    Object.assign(this.#cursor.style, {
      top: `${figureTop + first.top}px`, height: `${last.top + last.height - first.top}px`, width: `${Math.max(3, width / this.#wide)}px`,
    });
    Object.assign(this.#veil.element.style, { top: this.#cursor.style.top, height: this.#cursor.style.height });
    this.#marks.forEach(({ place: { top, height }, line, ring }, index) => {
      Object.assign(this.#profiles.canvases[index].style, { top: `${figureTop + top}px`, left: `${left + width + 6}px` });
      Object.assign(line.style, { left: `${left}px`, width: `${width}px` });
      Object.assign(ring.style, { left: `${left - 4}px`, top: `${figureTop + top - TITLE}px`, width: `${width + 8}px`, height: `${height + TITLE + 4}px` });
    });
  }

  #drawProfile(canvas, { signal, height }, { ink, pixel }) {
    const { step, unit, sorted } = this.#state;
    const values = this.#reader.at(signal, step);
    const order = sorted ? byValue(values) : this.#order();
    drawProfile(canvas, values, this.#header, signal, { width: this.#header.geometry.right - 12, height, order, unit, ink, pixel });
  }

  /** What lies under the pointer, on a map or on the profile beside it; or null. */
  #spotUnder(event, host) {
    const { step: current, start, sorted } = this.#state;
    const { left, top: figureTop, width } = this.#box;
    const outer = host.getBoundingClientRect();
    const [pointX, pointY] = [event.clientX, event.clientY].map((point) => Math.floor(point) + 0.5); // the middle of a pixel
    const [x, y] = [pointX - outer.left - left, pointY - outer.top - figureTop];
    const place = this.#header.maps[this.#cell].find(({ top, height }) => y >= top && y < top + height);
    if (!place || x < 0 || x >= width + this.#header.geometry.right) return null;
    const { signal } = place;
    const row = Math.floor(((y - place.top) / place.height) * this.#units);
    const isOnMap = x < width;
    const step = isOnMap ? start + Math.floor((x / width) * this.#wide) : current;
    const unit = isOnMap || !sorted ? (this.#order()?.[row] ?? row) : byValue(this.#reader.at(signal, step))[row];
    return { step, unit, signal, x: x + left, y: y + figureTop, isRight: x > width / 2 };
  }
}
