// How good the models were along the training: a line for each architecture over the snapshots, which stand at equal
// distances, and the figures after the chosen one.

import { make, makeSvg, makeSvgText, write } from "../page/elements.js";

const WIDE = 340;
const HIGH = 92;
const EDGE = 8; // px at either side: half of the slider's thumb

/** `draw(data)` when other models are shown, `show(place, ...)` at each step. */
export function createScoreCurve() {
  const svg = makeSvg("svg", { viewBox: `0 0 ${WIDE} ${HIGH + 18}`, class: "curve", "aria-hidden": "true" });
  const now = make("div", { className: "figures", attributes: { role: "status" } });
  const note = make("p", { className: "note" });
  let values = {};
  let mark = null;

  function draw({ steps, cells, scores, texts }) {
    const shown = cells.filter(([cell]) => scores[cell]);
    for (const part of [now, note]) part.hidden = shown.length === 0;
    const place = placing(steps, shown.flatMap(([cell]) => scores[cell]));
    mark = makeSvg("line", { class: "now", y1: 0, y2: HIGH });
    const lines = shown.map(([cell]) => makeSvg("polyline", { class: `line ${cell}`, points: scores[cell].map((value, index) => `${place.x(index)},${place.y(value)}`).join(" ") }));
    const dots = shown.flatMap(([cell]) => scores[cell].map((value, index) => makeSvg("circle", { class: `dot ${cell}`, cx: place.x(index), cy: place.y(value), r: 2.5, "data-place": index })));
    svg.replaceChildren(mark, ...lines, ...dots, ...ticks(steps, place.x));
    values = Object.fromEntries(shown.map(([cell, name]) => [cell, makeFigure(cell, name)]));
    now.replaceChildren(...Object.values(values).map(({ element: figure }) => figure));
    write(note, texts.note);
    svg.dataset.steps = steps.length;
  }

  function show(index, scores, figures) {
    const x = EDGE + (index * (WIDE - 2 * EDGE)) / (Number(svg.dataset.steps) - 1);
    for (const name of ["x1", "x2"]) mark.setAttribute(name, x);
    for (const dot of svg.querySelectorAll(".dot")) dot.setAttribute("r", Number(dot.dataset.place) === index ? 4.5 : 2.5);
    for (const [cell, { number }] of Object.entries(values)) {
      write(number, figures[cell][index]);
      number.dataset.value = scores[cell][index];
    }
  }
  return { element: svg, figures: now, note, draw, show };
}

function placing(steps, all) {
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return {
    x: (index) => EDGE + (index * (WIDE - 2 * EDGE)) / (steps.length - 1),
    y: (value) => 6 + (1 - (value - low) / (high - low || 1)) * (HIGH - 12),
  };
}

/** The steps of the first and of every second point from the last on: one sees that they are not evenly spaced. */
function ticks(steps, x) {
  const isNamed = (index) => index === 0 || (index > 1 && (steps.length - 1 - index) % 2 === 0);
  const named = steps.map((step, index) => makeSvgText(step.toLocaleString("en"), { x: x(index), y: HIGH + 14, class: "tick" }));
  return named.filter((_, index) => isNamed(index));
}

function makeFigure(cell, name) {
  const number = make("span", { className: "number", attributes: { "data-score": cell } });
  return { number, element: make("span", { className: `figure ${cell}`, children: [make("strong", { text: name }), number] }) };
}
