// test_sums.py holds this module to the library's own sums; here are the cases that a person can compute.

import assert from "node:assert/strict";
import { test } from "node:test";

import { createGateSums } from "../../../../../gateviz/viewer/js/picture/gate_sums.js";

const sigmoid = (sum) => 1 / (1 + Math.exp(-sum));
const near = (found, expected) => assert.ok(Math.abs(found - expected) < 1e-4, `${found} is not ${expected}`);
const picture = (header, signals, sums) => ({ header: { gates: ["forget_gate", "reset_gate"], ...header }, sumsAt: () => ({ first: 0, signals, sums }) });

test("a gate tells its sum; the recurrent part is what input and bias leave over", () => {
  const sums = { lstm: { rows: [1, 0], starts: [0], parts: { forget_gate: { inputs: [10, 0.5], bias: [1], saturated: [30] } } } };
  const at = createGateSums("lstm", picture({ units: { lstm: 1 } }, { lstm: { forget_gate: [sigmoid(2), 1] } }, sums));
  const { inputs, bias, recurrent, recurrentBias, total } = at("forget_gate", 0, 0);
  assert.deepEqual([inputs, bias, recurrentBias], [0.5, 1, null]);
  near(total, 2);
  near(recurrent, 0.5);
  assert.deepEqual(at("forget_gate", 1, 0).total, 30, "a saturated gate's sum was sent");
  assert.equal(at("cell_state", 0, 0), null, "a state has no sum");
});

test("each stretch of steps has its own bias", () => {
  const sums = { rnn: { rows: [0, 0, 0], starts: [0, 2], parts: { hidden_state: { inputs: [0], bias: [1, 5], saturated: [] } } } };
  const at = createGateSums("rnn", picture({ units: { rnn: 1 }, squashes: { rnn: "tanh" } }, { rnn: { hidden_state: [0.1, 0.2, 0.3] } }, sums));
  assert.deepEqual([0, 1, 2].map((step) => at("hidden_state", step, 0).bias), [1, 1, 5]);
  near(at("hidden_state", 2, 0).total, Math.atanh(0.3));
});

test("a relu tells its sum where it is positive", () => {
  const sums = { rnn: { rows: [0, 0], starts: [0], parts: { hidden_state: { inputs: [0], bias: [0], saturated: [-7] } } } };
  const at = createGateSums("rnn", picture({ units: { rnn: 1 }, squashes: { rnn: "relu" } }, { rnn: { hidden_state: [0, 3] } }, sums));
  assert.deepEqual([0, 1].map((step) => at("hidden_state", step, 0).total), [-7, 3]);
});

test("a GRU's reset gate is applied after the product, to the recurrent part and its bias", () => {
  const sums = { gru: { rows: [0], starts: [0], parts: { candidate: { inputs: [1], bias: [2], recurrent: [3], recurrent_bias: [5] } } } };
  const at = createGateSums("gru", picture({ units: { gru: 1 } }, { gru: { candidate: [1], reset_gate: [0.5] } }, sums));
  assert.deepEqual(at("candidate", 0, 0), { inputs: 1, bias: 2, recurrent: 3, recurrentBias: 5, total: 1 + 2 + 0.5 * (3 + 5) });
});

test("where no sums were sent, or none have come, there are none", () => {
  const header = { units: { lstm: 1 } };
  assert.equal(createGateSums("lstm", { header, sumsAt: () => null })("forget_gate", 0, 0), null);
  assert.equal(createGateSums("lstm", { header, sumsAt: () => ({ first: 0, signals: {}, sums: null }) })("forget_gate", 0, 0), null);
});
