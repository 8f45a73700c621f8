import assert from "node:assert/strict";
import { test } from "node:test";

import { createGateWeights, productsAt } from "../../../../../gateviz/viewer/js/picture/gate_products.js";

const WEIGHTS = {
  stretches: [{ start: 0, inputs: [1, -2], recurrent: [0.5] }, { start: 2, inputs: [3, 0], recurrent: [-1] }],
  rows: [0, 1, 0],
  inputs: [[1, 1], [0.25, 4]],
};
const named = (products) => products.map(({ source, component, product }) => [source, component, product]);

test("a product is a weight times what it weighs; the largest comes first", () => {
  assert.deepEqual(named(productsAt(WEIGHTS, 1, Float32Array.of(4), 1)), [["x", 1, -8], ["h", 0, 2], ["x", 0, 0.25]]);
});

test("before the first step there is no h, and a reset gate multiplies all that comes from it", () => {
  assert.deepEqual(named(productsAt(WEIGHTS, 0, null, 1)), [["x", 1, -2], ["x", 0, 1]]);
  assert.deepEqual(named(productsAt(WEIGHTS, 1, Float32Array.of(4), 0.5))[1], ["h", 0, 1]);
});

test("a decoder has weights of its own, and inputs that were not sent have no products", () => {
  assert.deepEqual(named(productsAt(WEIGHTS, 2, Float32Array.of(1), 1)), [["x", 0, 3], ["h", 0, -1], ["x", 1, 0]]);
  assert.deepEqual(named(productsAt({ ...WEIGHTS, rows: null, inputs: null }, 2, Float32Array.of(1), 1)), [["h", 0, -1]]);
});

test("weights are asked for once, and again after the server was away", async () => {
  const asked = [];
  let isAway = true;
  const ask = async (request) => {
    asked.push(request);
    if (isAway) throw new Error("away");
    return new TextEncoder().encode(JSON.stringify(WEIGHTS));
  };
  const weights = createGateWeights("lstm", { ask });
  assert.equal(weights("forget_gate", 12, assert.fail), null);
  await new Promise(setImmediate);
  isAway = false;
  let come = 0;
  weights("forget_gate", 12, () => (come += 1));
  weights("forget_gate", 12, assert.fail);
  await new Promise(setImmediate);
  assert.deepEqual(weights("forget_gate", 12, assert.fail), WEIGHTS);
  assert.deepEqual(asked, ["products-lstm-forget_gate-12", "products-lstm-forget_gate-12"]);
  assert.equal(come, 1);
  assert.equal(createGateWeights("lstm", { ask: null })("forget_gate", 12, assert.fail), null);
});
