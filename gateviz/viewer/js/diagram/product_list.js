// The largest products of one unit's sum, by name, and what is left: together they add up to the sum.

import { decimals } from "../format/numbers.js";
import { fill } from "../format/texts.js";
import { make } from "../page/elements.js";
import { roundedSummands, symbol, typeset } from "./equation_terms.js";

const SHOWN = 5;
const PLACES = 2; // as the sum in the equation has

/**
 * Rows of {term, factors, value}: the largest products, the rest of them, the biases, and the total.
 * @param {object[]} products As gate_products.js gives them, the largest first.
 * @param {{bias: number, recurrentBias: ?number, inputs: number, recurrent: number, total: number}} sum
 * @param {{earlier: string, hasInputs: boolean}} how Whether the products of the inputs are told apart.
 */
export function productRows(products, sum, { earlier, hasInputs, texts }) {
  const factor = products.find(({ source }) => source === "h")?.factor ?? 1;
  const bias = sum.bias + factor * (sum.recurrentBias ?? 0);
  const named = products.slice(0, SHOWN);
  const apart = hasInputs ? [] : [{ text: "W x", value: sum.inputs }];
  const known = bias + [...named.map(({ product }) => product), ...apart.map(({ value }) => value)].reduce((one, other) => one + other, 0);
  const left = products.length - named.length;
  const rows = [
    ...apart,
    ...named.map((one) => ({ ...one, index: one.source === "h" ? `${one.component}, ${earlier}` : String(one.component), value: one.product, weighed: one.value })),
    ...(left > 0 ? [{ text: fill(texts.products_left, { count: left }), value: sum.total - known }] : []),
    { text: texts.products_bias, value: bias },
  ];
  const rounded = roundedSummands(rows.map(({ value }) => value), sum.total, PLACES);
  return rows.map((row, place) => ({ ...row, shown: rounded[place].shown }));
}

/** The rows as a table, under a heading. */
export function makeProducts(rows, total, count, { texts }) {
  const cells = (row) => [
    make("td", { children: [row.source ? typeset(symbol(row.source, row.index)) : row.text] }),
    make("td", { className: "factors", text: row.source ? factorsOf(row) : "" }),
    make("td", { className: "product", text: decimals(row.shown, PLACES) }),
  ];
  const lines = rows.map((row) => make("tr", { attributes: row.source ? { "data-product": `${row.source}${row.component}`, "data-exact": row.value } : {}, children: cells(row) }));
  const sum = make("tr", { className: "sum", children: [make("td", { text: texts.products_sum }), make("td"), make("td", { className: "product", text: decimals(total, PLACES) })] });
  return make("table", { className: "products", children: [
    make("caption", { text: fill(texts.products_title, { shown: Math.min(SHOWN, count), count }) }),
    make("tbody", { children: [...lines, sum] }),
  ] });
}

function factorsOf({ weight, weighed, factor }) {
  return [...(factor === 1 ? [] : [factor]), weight, weighed].map((value) => decimals(value, 3)).join(" × ");
}
