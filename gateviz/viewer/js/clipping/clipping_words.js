// What is said of an explosion and of clipping: one line, a table of both updates, and what each remedy costs.

import { decimals, scientific } from "../format/numbers.js";
import { fill } from "../format/texts.js";
import { make, write } from "../page/elements.js";
import { radiusOf, UPDATES } from "./clipping_run.js";

const UNBOUNDED = 10; // a state that is larger has grown by itself

/** A number as it is read: what is not finite is shown as what it is. */
function numberText(value) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  return Math.abs(value) >= 0.001 && Math.abs(value) < 1000 ? decimals(value, Math.abs(value) < 0.095 ? 4 : 2) : scientific(value);
}

/** The place, from 1, of the first loss that is no finite number; 0 if all are. */
function brokenAt(losses) {
  return losses.findIndex((loss) => !Number.isFinite(loss)) + 1;
}

export function lineOf(run, ways, texts) {
  const start = fill(texts.line, { norm: numberText(run.norm), free: numberText(run.free.length), clipped: numberText(run.clipped.length) });
  if (!ways || ways.free.losses.length <= UPDATES) return start;
  const [free, clipped] = [ways.free, ways.clipped].map(({ losses }) => numberText(losses.at(-1)));
  const broken = brokenAt(ways.free.losses);
  if (!broken) return start + fill(texts.line_after, { updates: UPDATES, free, clipped });
  return start + fill(texts.line_broken, { updates: UPDATES, free, clipped, at: broken - 1 });
}

/** A row for each way: without clipping and with it. */
export function createClippingTable(texts) {
  const heads = ["", texts.before, texts.after, texts.length, texts.loss_next, texts.loss_last].map((text) => make("th", { text, attributes: { scope: "col" } }));
  const rows = { free: createRow("free", texts.free), clipped: createRow("clipped", texts.clipped) };
  const element = make("table", { className: "lab-table", children: [make("thead", { children: [make("tr", { children: heads })] }), make("tbody", { children: Object.values(rows).map((row) => row.element) })] });
  function show(run, ways) {
    for (const [name, row] of Object.entries(rows)) row.show([run.norm, run[name].applied, run[name].length, run[name].loss, ways?.[name].losses[UPDATES]]);
  }
  return { element, show };
}

function createRow(name, text) {
  const cells = ["norm", "applied", "length", "next", "last"].map((kind) => make("td", { text: "", attributes: { "data-number": `${name}.${kind}` } }));
  const head = make("th", { className: `lab-cell ${name}`, attributes: { scope: "row" }, children: [make("span", { className: "mark" }), make("span", { text })] });
  function show(values) {
    cells.forEach((cell, at) => {
      write(cell, values[at] === undefined ? "…" : numberText(values[at]));
      cell.dataset.value = String(values[at]);
    });
  }
  return { element: make("tr", { children: [head, ...cells] }), show };
}

/** What the remedies that are on cost, with the numbers of this run. */
export function costsOf({ start, activation, cell }, run, ways, weightsOfRnn, texts) {
  const radius = ways ? radiusOf(ways.clipped.network) : NaN;
  return [
    start === "orthogonal" ? fill(texts.cost_orthogonal, { norm: numberText(run.norm), updates: UPDATES, radius: cell === "rnn" && ways ? numberText(radius) : "…" }) : "",
    activation === "relu" && cell === "rnn" ? costOfRelu(run, texts) : "",
    cell === "lstm" ? fill(texts.cost_gated, { ratio: decimals(run.weights / weightsOfRnn, 1), weights: run.weights }) : "",
  ].filter(Boolean);
}

function costOfRelu({ largest }, texts) {
  return largest > UNBOUNDED ? fill(texts.cost_relu, { largest: numberText(largest) }) : fill(texts.cost_relu_bounded, { largest: numberText(largest) });
}
