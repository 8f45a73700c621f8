import assert from "node:assert/strict";
import { test } from "node:test";

import { spread } from "../../../../../gateviz/viewer/js/diagram/distribution.js";
import { productRows } from "../../../../../gateviz/viewer/js/diagram/product_list.js";

const TEXTS = { products_left: "{count} others", products_bias: "bias" };
const product = (value, component) => ({ source: "h", component, weight: value, value: 1, factor: 1, product: value });
const HOW = { earlier: "t−1", texts: TEXTS };
const shownSum = (rows) => rows.reduce((sum, { shown }) => sum + shown, 0);

test("five products are named, the others are one row, and all of them add up as they are shown", () => {
  const products = [3.333, -2.222, 1.111, 1.004, -0.996, 0.5, 0.25].map(product);
  const total = products.reduce((sum, one) => sum + one.product, 0.126);
  const rows = productRows({ products, bias: 0.126, recurrentBias: null, total }, HOW);
  assert.deepEqual(rows.map((row) => row.text ?? `${row.source}${row.component}`), ["h0", "h1", "h2", "h3", "h4", "2 others", "bias"]);
  assert.equal(shownSum(rows).toFixed(2), total.toFixed(2));
  assert.ok(Math.abs(rows[5].value - 0.75) < 1e-9);
});

test("a GRU's candidate has the bias behind its reset gate in the row of the biases", () => {
  const rows = productRows({ products: [{ ...product(1, 0), factor: 0.5 }], bias: 1, recurrentBias: 3, total: 3.5 }, HOW);
  assert.equal(rows.at(-1).value, 2.5);
});

test("bars count the values in equal parts, and at the ends those beyond", () => {
  assert.deepEqual(spread([0, 0.24, 0.25, 1, 2, -3], [0, 1], 4), [3, 1, 0, 2]);
});
