// How long a network's gradients last: the half-life of each, and what is left of it some steps before the loss.

import { fill } from "../format/texts.js";
import { make } from "../page/elements.js";
import { halfLifeText } from "./gradient_numbers.js";

/** A small table: a row for each state, a column for each distance. */
export function drawLasting(network, texts) {
  const rows = network.half_lives;
  const distances = rows[0].left.map(({ after }) => after);
  const heads = [texts[network.weights], texts.halves, ...distances.map((steps, at) => (at ? fill(texts.left_further, { steps }) : fill(texts.left_after, { steps })))];
  return make("div", {
    className: "lasting",
    attributes: { role: "table", "aria-label": texts[network.weights] },
    children: [
      drawRow(heads.map((text) => make("span", { className: "caption", text, attributes: { role: "columnheader" } }))),
      ...rows.map((row) => drawRow([
        make("span", { className: "symbol", text: texts.gradients[row.signal], attributes: { role: "rowheader" } }),
        drawHalfLife(row, network, texts),
        ...row.left.map((left) => drawShare(left, row, network)),
      ])),
    ],
  });
}

function drawRow(children) {
  return make("div", { className: "lasting-row", attributes: { role: "row" }, children });
}

function drawHalfLife({ signal, steps, r_squared: quality, poor }, { cell, weights }, texts) {
  const number = make("strong", {
    className: "half-life",
    text: halfLifeText(steps),
    attributes: { "data-half-life": weights, "data-signal": signal, "data-cell": cell, "data-value": steps ?? "Infinity" },
  });
  return make("span", {
    className: "half-life-item",
    attributes: { role: "cell", title: quality === null ? "" : fill(texts.fit, { quality: quality.toFixed(2) }) },
    children: [number, make("span", { className: "caption", text: [steps === null ? texts.no_decay : texts.every, poor].filter(Boolean).join(" \u00b7 ") })],
  });
}

function drawShare({ after, share, text }, { signal }, { cell, weights }) {
  return make("span", {
    className: "left",
    text,
    attributes: { role: "cell", "data-left": after, "data-weights": weights, "data-signal": signal, "data-cell": cell, "data-value": share ?? "" },
  });
}
