// The norm of dL/dh_t over the tokens of a frame, on the axis of the maps above it: how far back the loss at the end reaches.

import { powerOfTen, scientific } from "../format/numbers.js";
import { make, makeSvg, makeSvgText } from "../page/elements.js";
import { createScale } from "./scales.js";

const HIGH = 120;
const [TOP, FOOT] = [8, 8];
const DECADES = 9; // so many are shown at most; what is smaller lies on the foot

/** `draw(film, data)` for another film or more frames, `show(frame)` for another frame. */
export function createGradientChart() {
  const title = make("div", { className: "film-name" });
  const svg = makeSvg("svg", { class: "film-gradients", height: HIGH, role: "img" });
  const left = make("div", { className: "band-said" });
  const element = make("section", { className: "band gradients", children: [make("div", { className: "band-title" }), make("div", { className: "film-row", children: [title, svg] }), left] });
  let scale = null;
  let film = null;
  let data = null;
  let last = null;

  function draw(nextFilm, nextData) {
    [film, data] = [nextFilm, nextData];
    const parts = film.frames.flatMap((frame) => Object.values(frame.cells)).filter((part) => part.gradients);
    scale = createScale(parts.flatMap((part) => part.gradients.hidden_state), { isLog: true, decades: DECADES });
    title.replaceChildren(make("i", { text: "dL/dh" }), make("span", { text: data.texts.gradient }));
    svg.setAttribute("aria-label", data.texts.gradient);
  }

  function show(frame) {
    last = frame;
    const wide = svg.clientWidth || 600;
    svg.setAttribute("viewBox", `0 0 ${wide} ${HIGH}`);
    const count = film.header.tokens.length;
    const x = (step) => ((step + 0.5) / count) * wide;
    const y = (norm) => TOP + (1 - (scale.place(norm) ?? 0)) * (HIGH - TOP - FOOT);
    const lines = Object.entries(frame.cells).filter(([, part]) => part.gradients).map(([cell, part]) => {
      const norms = part.gradients.hidden_state.slice(0, film.header.loss_at + 1);
      return makeSvg("path", { class: `line ${cell}`, "data-gradient": cell, d: norms.map((norm, step) => `${step ? "L" : "M"}${x(step).toFixed(1)} ${y(norm).toFixed(1)}`).join("") });
    });
    svg.replaceChildren(...grid(scale, y, wide), ...lines);
    left.replaceChildren(make("span", { text: data.texts.left }), ...Object.entries(frame.cells).filter(([, part]) => part.gradients).map(([cell, part]) => makeLeft(cell, part.gradients.hidden_state)));
  }

  function makeLeft(cell, norms) {
    const share = norms[0] / norms[film.header.loss_at];
    const number = make("span", { text: scientific(share), attributes: { "data-left": cell, "data-value": share } });
    return make("span", { className: `film-left ${cell}`, children: [make("strong", { text: data.cells[cell] }), number] });
  }
  return { element, draw, show, resize: () => last && scale && show(last) };
}

function grid({ low, high }, y, wide) {
  const lines = [];
  const every = Math.max(1, Math.ceil(Math.log10(high / low) / 4));
  for (let power = Math.ceil(Math.log10(low)); power <= Math.log10(high); power += every) {
    const height = y(10 ** power).toFixed(1);
    lines.push(makeSvg("path", { class: "axis", d: `M0 ${height}h${wide}` }), makeSvgText(powerOfTen(power), { class: "tick", x: 2, y: Number(height) - 3 }));
  }
  return lines;
}
