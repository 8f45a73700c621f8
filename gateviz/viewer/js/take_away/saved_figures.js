// The figures of the viewer, drawn once more to be saved.

import { createDiagram } from "../diagram/cell_diagrams.js";
import { showStateStrips } from "../diagram/cell_frame.js";
import { sizeFor } from "../diagram/drawing_size.js";
import { createFlows } from "../diagram/flows.js";
import { createStateStrips } from "../diagram/state_strips.js";
import { createColourScale } from "../format/colours.js";
import { brief } from "../format/numbers.js";
import { fill, glyph } from "../format/texts.js";
import { heatmapSvg } from "../maps/heatmap_svg.js";
import { mapImage } from "../maps/map_pixels.js";
import { mapsOf, rowsNote, rowsOf } from "../maps/map_rows.js";
import { mapHeight } from "../maps/map_size.js";
import { stepTicks } from "../maps/step_ticks.js";
import { make, makeSvg, makeSvgText } from "../page/elements.js";
import { createReader, rangeOfUnit } from "../picture/signals.js";
import { windowWidth } from "../picture/time_window.js";
import { frameFigure, INK } from "./figure_files.js";

const WIDTH = 720; // px of curves and heatmaps
const DIAGRAM_SIZE = sizeFor(540, 320);
const CURVE = { left: 52, right: 20, height: 44, gap: 14 };
const KEPT_STYLES = [
  "fill", "stroke", "stroke-width", "stroke-linejoin", "stroke-linecap", "stroke-dasharray", "opacity", "visibility", "paint-order",
  "font-family", "font-size", "font-style", "font-weight", "text-anchor",
];
const LIGHT_PAGE = { "--st-text-color": INK, "--st-background-color": "#ffffff", "--st-secondary-background-color": "#f4f5f7" };

/**
 * One figure of the picture as an SVG that needs nothing else; null for a kind or an architecture that is not there.
 * @param {HTMLElement} root The viewer's.
 * @param {?import("../picture/pieces.js").Picture} picture
 * @param {import("../viewer/view_state.js").ViewState} state
 * @param {import("./figure_files.js").Figure} figure
 */
export function drawFigure(root, picture, state, { kind, cell }) {
  const draw = { diagram: drawDiagram, curves: drawCurves, maps: drawMaps }[kind];
  if (!draw || !picture?.header.cells.includes(cell)) return null;
  const { header } = picture;
  const figure = draw(cell, picture, state, createColourScale(header, "light"), root);
  return frameFigure(figure, header.texts.cells[cell], [header.captions[cell], figure.about]);
}

/** The cell at this step. It is drawn in a light page that nobody sees, to take its styles from there. */
function drawDiagram(cell, picture, state, scale, root) {
  const { header } = picture;
  const { step, unit, whole } = state;
  const reader = createReader(cell, picture);
  const diagram = createDiagram(cell, header);
  const strips = createStateStrips(cell, header, scale, () => {});
  diagram.resize(DIAGRAM_SIZE);
  strips.stand(DIAGRAM_SIZE);
  showStateStrips(strips, cell, header, reader, state);
  diagram.show(createFlows(header, reader, scale, { step, unit: whole ? null : unit }));
  const [width, height] = [DIAGRAM_SIZE.width, DIAGRAM_SIZE.height].map((length) => length * DIAGRAM_SIZE.scale);
  const page = make("div", { className: "rapid", attributes: { "data-gateviz": "figure", "data-theme": "light", style: `position: absolute; width: ${width}px` }, children: [diagram.element] });
  for (const [name, colour] of Object.entries(LIGHT_PAGE)) page.style.setProperty(name, colour);
  root.parentNode.append(page);
  diagram.element.querySelectorAll(".halo, .pulse").forEach((part) => part.remove());
  diagram.element.querySelectorAll("*").forEach(keepStyle);
  page.remove();
  const drawing = makeSvg("svg", { width, height, viewBox: `0 0 ${DIAGRAM_SIZE.width} ${DIAGRAM_SIZE.height}` }, [...diagram.element.childNodes, ...strips.images()]);
  const { texts, tokens } = header;
  const about = [glyph(tokens[step].text), fill(texts.place, { step: step + 1, steps: tokens.length }), whole ? texts.all_units : fill(texts.one_unit, { unit })];
  return { width, height: height + 12, body: makeSvg("g", {}, [drawing]), about: about.join(" · ") };
}

function keepStyle(element) {
  const style = getComputedStyle(element);
  const kept = KEPT_STYLES.map((name) => [name, style.getPropertyValue(name)]).filter(([, value]) => value && value !== "none" && value !== "normal");
  const hollow = style.fill === "none" ? [["fill", "none"]] : [];
  for (const name of ["class", "style", "tabindex", "role", "aria-label"]) element.removeAttribute(name);
  for (const [name, value] of [...kept, ...hollow]) element.setAttribute(name, value);
}

/** The chosen unit's curves: bars from zero in the colours of the heatmap, under a line. */
function drawCurves(cell, { header, signals }, { unit, start }, scale) {
  const { left, right, height, gap } = CURVE;
  const steps = windowWidth(header);
  const { at } = createReader(cell, { header, signals });
  const rows = Object.keys(signals[cell]).map((signal) => {
    const all = header.tokens.map((_, step) => at(signal, step)[unit]);
    const range = rangeOfUnit(header, signal, all);
    return drawCurve(all.slice(start, start + steps), { signal, symbol: header.texts.symbols[cell][signal], range, scale });
  });
  rows.forEach((row, index) => row.setAttribute("transform", `translate(0 ${index * (height + gap)})`));
  const foot = rows.length * (height + gap);
  const each = (WIDTH - left - right) / steps;
  const ticks = stepTicks(steps, start).map((step) =>
    makeSvgText(String(step + 1), { x: left + (step - start + 0.5) * each, y: foot + 8, "text-anchor": "middle", "font-size": 11 }));
  const about = [fill(header.texts.one_unit, { unit }), stepsShown(header, start)].filter(Boolean).join(" · ");
  return { width: WIDTH, height: foot + 20, body: makeSvg("g", {}, [...rows, ...ticks]), about };
}

/** One signal's row, its top at 0. */
function drawCurve(values, { signal, symbol, range: [low, high], scale }) {
  const { left, right, height } = CURVE;
  const plot = WIDTH - left - right;
  const each = plot / values.length;
  const x = (step) => (left + step * each).toFixed(2);
  const y = (value) => height * (1 - (Math.max(low, Math.min(high, value)) - low) / (high - low));
  const bars = values.map((value, step) => makeSvg("rect", {
    x: x(step), width: (each + 0.3).toFixed(2), y: Math.min(y(value), y(0)).toFixed(2),
    height: Math.max(0.01, Math.abs(y(value) - y(0))).toFixed(2), fill: scale.css(signal, value),
  }));
  const line = values.map((value, step) => `H${x(step)}V${y(value).toFixed(2)}H${x(step + 1)}`).join("");
  const label = (at, top, text, extra) => makeSvgText(text, { x: at, y: top, "text-anchor": "end", "font-size": 11, ...extra });
  return makeSvg("g", { "data-curve": signal }, [
    ...bars,
    makeSvg("path", { d: `M${left} ${y(0).toFixed(2)}H${left + plot}`, stroke: INK, "stroke-opacity": 0.3 }),
    makeSvg("path", { d: `M${left} ${y(values[0]).toFixed(2)}${line}`, fill: "none", stroke: INK, "stroke-width": 1.2 }),
    label(left - 26, y((low + high) / 2) + 5, symbol, { "font-size": 16, "font-style": "italic" }),
    label(left - 5, y(high) + 8, brief(high)),
    label(left - 5, y(low), brief(low)),
  ]);
}

/** The heatmaps as the page shows them: the same rows, of a long text the window. A value is several pixels wide, for
 *  programs that smooth what they enlarge. */
function drawMaps(cell, picture, state, scale) {
  const { header, signals } = picture;
  const { start } = state;
  const steps = windowWidth(header);
  const rows = rowsOf(header, cell, state);
  const zoom = Math.max(1, Math.min(6, Math.floor(900 / steps)));
  const image = (signal) => {
    const units = signals[cell][signal].length / header.tokens.length;
    return mapImage(signals[cell][signal], { steps, start, zoom, units, rows, pixel: scale.painter(signal) });
  };
  const shown = mapsOf(header, cell, Object.keys(signals[cell]), state);
  const body = heatmapSvg(cell, picture, { width: WIDTH, height: 1.5 * mapHeight(header, cell, state), signals: shown, rows, start, image });
  const about = [rowsNote(header, cell, state), stepsShown(header, start)].filter(Boolean).join(" · ");
  return { width: WIDTH, height: Number(body.getAttribute("height")), body: makeSvg("g", {}, [body]), about };
}

/** Which steps of a long text a figure shows; nothing for a short one, which it shows whole. */
function stepsShown({ texts, tokens, window: wide }, start) {
  return tokens.length > wide ? fill(texts.steps_shown, { first: start + 1, last: start + wide, steps: tokens.length }) : "";
}
