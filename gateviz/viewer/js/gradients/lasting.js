// How long a network's gradients last: the half-life of each, and what is left of it some steps before the loss.

import { fill } from "../format/texts.js";
import { make, write } from "../page/elements.js";
import { halfLifeOf, leftAfter, shareText } from "./curve_numbers.js";
import { halfLifeText } from "./gradient_numbers.js";
import { fromLoss } from "./influence.js";

const DISTANCES = [10, 20, 50]; // steps before the loss
const POOR = 0.8; // where R² is less, a half-life says little, and the table says so

/** A small table: a row for each state, a column for each distance. `show` writes the numbers of a network. */
export function createLasting({ cell, states }, { direction, texts }) {
  const rows = states.map(({ signal }) => createRow(signal, cell, texts));
  const heads = ["", texts.halves, ...DISTANCES.map((steps, at) => (at ? fill(texts.left_further, { steps }) : fill(texts.left_after, { steps })))];
  const element = make("div", {
    className: "lasting",
    attributes: { role: "table", "aria-label": texts.lasting },
    children: [
      makeRow(heads.map((text) => make("span", { className: "caption", text, attributes: { role: "columnheader" } }))),
      ...rows.map((row) => row.element),
    ],
  });
  const show = ({ states: now }) => rows.forEach((row, at) => row.show(fromLoss(now[at].norms, direction)));
  return { element, show };
}

function makeRow(children) {
  return make("div", { className: "lasting-row", attributes: { role: "row" }, children });
}

function createRow(signal, cell, texts) {
  const number = make("strong", { className: "half-life", text: "", attributes: { "data-half-life": "trained", "data-signal": signal, "data-cell": cell } });
  const note = make("span", { className: "caption", text: "" });
  const shares = DISTANCES.map((after) =>
    make("span", { className: "left", text: "", attributes: { role: "cell", "data-left": after, "data-signal": signal, "data-cell": cell } }));
  const element = makeRow([
    make("span", { className: "symbol", text: texts.gradients[signal], attributes: { role: "rowheader" } }),
    make("span", { className: "half-life-item", attributes: { role: "cell" }, children: [number, note] }),
    ...shares,
  ]);
  function show(curve) {
    const { steps, quality } = halfLifeOf(curve);
    const life = steps < Infinity ? steps : null;
    write(number, Number.isNaN(steps) ? "–" : halfLifeText(life));
    number.dataset.value = steps;
    const poor = quality < POOR ? fill(texts.poor, { quality: quality.toFixed(2) }) : "";
    write(note, [life === null ? texts.no_decay : texts.every, poor].filter(Boolean).join(" · "));
    shares.forEach((cellOfTable, at) => {
      const share = leftAfter(curve, DISTANCES[at]);
      write(cellOfTable, shareText(share));
      cellOfTable.dataset.value = Number.isNaN(share) ? "" : share;
    });
  }
  return { element, show };
}
