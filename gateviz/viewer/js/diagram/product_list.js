// The largest products of one unit's sum, by name, and what is left: together they add up to the sum.

import { decimals } from "../format/numbers.js";
import { fill } from "../format/texts.js";
import { make } from "../page/elements.js";
import { roundedSummands, symbol, typeset } from "./equation_terms.js";

const SHOWN = 5;
const PLACES = 2; // as the sum in the equation has

/**
 * Rows of {source, index, weight, weighed, factor} or {text}, with {value, shown}: the largest products, the rest, the biases.
 * @param {object} sum That of gateSum() in engine/sums.js.
 * @param {{earlier: string, texts: object}} how
 */
export function productRows({ products, total, bias, recurrentBias }, { earlier, texts }) {
  const factor = products.find(({ source }) => source === "h")?.factor ?? 1;
  const biases = bias + factor * (recurrentBias ?? 0);
  const named = products.slice(0, SHOWN);
  const known = named.reduce((sum, { product }) => sum + product, biases);
  const left = products.length - named.length;
  const rows = [
    ...named.map((one) => ({ ...one, index: one.source === "h" ? `${one.component}, ${earlier}` : String(one.component), value: one.product, weighed: one.value })),
    ...(left > 0 ? [{ text: fill(texts.products_left, { count: left }), value: total - known }] : []),
    { text: texts.products_bias, value: biases },
  ];
  const rounded = roundedSummands(rows.map(({ value }) => value), total, PLACES);
  return rows.map((row, place) => ({ ...row, shown: rounded[place].shown }));
}

/** The rows as a table, under a heading. */
export function makeProducts(sum, how) {
  const [{ total, products }, { texts }] = [sum, how];
  const cells = (row) => [
    make("td", { children: [row.source ? typeset(symbol(row.source, row.index)) : row.text] }),
    make("td", { className: "factors", text: row.source ? factorsOf(row) : "" }),
    make("td", { className: "product", text: decimals(row.shown, PLACES) }),
  ];
  const lines = productRows(sum, how).map((row) => make("tr", { attributes: row.source ? { "data-product": `${row.source}${row.component}`, "data-exact": row.value } : {}, children: cells(row) }));
  const last = make("tr", { className: "sum", children: [make("td", { text: texts.products_sum }), make("td"), make("td", { className: "product", text: decimals(total, PLACES) })] });
  return make("table", { className: "products", children: [
    make("caption", { text: fill(texts.products_title, { shown: Math.min(SHOWN, products.length), count: products.length }) }),
    make("tbody", { children: [...lines, last] }),
  ] });
}

/** A table without numbers, as high as that of the products. */
export function makeRoom() {
  const row = () => make("tr", { children: [make("td", { text: "\u00a0" })] });
  const rows = Array.from({ length: SHOWN + 3 }, row); // and the others, the biases, the sum
  return make("table", { className: "products", children: [make("caption", { text: "\u00a0" }), make("tbody", { children: rows })] });
}

function factorsOf({ weight, weighed, factor }) {
  return [...(factor === 1 ? [] : [factor]), weight, weighed].map((value) => decimals(value, 3)).join(" × ");
}
