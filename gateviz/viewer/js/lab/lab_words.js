// What the lab says of what it measured: one line of what there is to see, and a table of theory beside measurement.

import { readableOf, superscript } from "../format/numbers.js";
import { fill } from "../format/texts.js";
import { make, write } from "../page/elements.js";
import { CELLS } from "./measure.js";

const GONE = -6; // log10 of what is left, from which on a gradient is called vanished
const BLOWN = 3; // and of what is left, from which on it is called exploded

/** @param {Object<string, Summary>} found For each cell, by summaryOf. */
export function lineOf(found, steps, texts) {
  const order = [...CELLS].sort((one, other) => found[other].left - found[one].left);
  const shares = order.map((cell) => `${texts.cells[cell]} ${readableOf(found[cell].left)}`).join(texts.joint);
  const named = (is) => order.filter((cell) => is(found[cell].left)).map((cell) => texts.cells[cell]).join(texts.joint);
  const [gone, blown] = [named((log) => log < GONE), named((log) => log > BLOWN)];
  const parts = [fill(texts.line, { steps: steps - 1, shares })];
  if (gone) parts.push(fill(texts.gone, { cells: gone }));
  if (blown) parts.push(fill(texts.blown, { cells: blown }));
  if (!gone && !blown) parts.push(texts.carried);
  return parts.join("");
}

/**
 * @param {Measured[]} seeds What was measured of one cell with each seed.
 * @returns {Summary}
 *
 * @typedef {object} Summary
 * @property {number} left log10 of what is left at the first step, the median of the seeds; `low` and `high` are the ends.
 * @property {number} theory log10 of what theory says is left there.
 * @property {?number} slope Of an RNN: the mean slope.
 * @property {number} rate log10 of what theory leaves at each step.
 */
export function summaryOf(seeds, { middle, low, high }) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const rate = mean(seeds.map((each) => each.rate));
  const slope = seeds[0].slope === null ? null : mean(seeds.map((each) => each.slope));
  return { left: middle[0], low: low[0], high: high[0], rate, theory: rate * (middle.length - 1), slope };
}

/** A row for each cell. */
export function createLabTable(texts) {
  const rows = CELLS.map((cell) => [cell, createRow(cell, texts)]);
  const heads = ["", texts.measured, texts.range, texts.theory, texts.why].map((text) => make("th", { text, attributes: { scope: "col" } }));
  const element = make("table", { className: "lab-table", children: [make("thead", { children: [make("tr", { children: heads })] }), make("tbody", { children: rows.map(([, row]) => row.element) })] });
  return { element, show: (found, steps, settings) => rows.forEach(([cell, row]) => row.show(found[cell], steps, settings)) };
}

function createRow(cell, texts) {
  const measured = make("strong", { text: "", attributes: { "data-left": cell } });
  const range = make("td", { text: "" });
  const theory = make("td", { text: "" });
  const why = make("td", { text: "" });
  const name = make("th", { className: `lab-cell ${cell}`, attributes: { scope: "row" }, children: [make("span", { className: "mark" }), make("span", { text: texts.cells[cell] })] });
  const element = make("tr", { children: [name, make("td", { children: [measured] }), range, theory, why] });

  function show({ left, low, high, theory: expected, rate, slope }, steps, { activation, seeds }) {
    write(measured, readableOf(left));
    measured.dataset.value = left;
    write(range, seeds > 1 ? fill(texts.from_to, { low: readableOf(low), high: readableOf(high) }) : "");
    write(theory, `${(10 ** rate).toFixed(2)}${superscript(steps - 1)} = ${readableOf(expected)}`);
    write(why, whyOf(cell, activation, { slope: slope?.toFixed(2), rate: (10 ** rate).toFixed(2) }, texts));
  }
  return { element, show };
}

/** What makes theory and measurement part. */
function whyOf(cell, activation, { slope, rate }, texts) {
  if (cell === "lstm") return fill(texts.why_lstm, { rate });
  if (cell === "gru") return fill(texts.why_gru, { rate });
  return activation === "relu" ? fill(texts.why_relu, { slope, rate }) : fill(texts.why_tanh, { slope, rate });
}
