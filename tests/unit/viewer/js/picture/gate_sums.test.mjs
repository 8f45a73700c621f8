// test_sums.py holds the engine's sums to the library's, test_shown_sums.py those of a picture; here is what a person can compute.

import assert from "node:assert/strict";
import { test } from "node:test";

import { createGateSums } from "../../../../../gateviz/viewer/js/picture/gate_sums.js";
import { createReader } from "../../../../../gateviz/viewer/js/picture/signals.js";

const weights = (fromX, fromH, biasX, biasH) => ({
  units: 1, width: 2, fromX: Float64Array.from(fromX), fromH: Float64Array.from(fromH), biasX: Float64Array.from(biasX), biasH: Float64Array.from(biasH),
});
const FIRST = { from: 0, weights: weights([1, -2], [0.5], [1], [0.25]), inputs: Float64Array.of(1, 0, 0, 1) };
const LATER = { from: 2, weights: weights([3, 0], [-1], [0], [0]), inputs: Float64Array.of(1, 1) };
const TEXTS = { weights_coming: "coming", weights_lost: "lost" };

/** A plain RNN of one unit over three steps. */
function sumsOf({ states = [0.5, 0.25, 0.125], reverse = false, ...picture }) {
  const whole = { header: { tokens: [{}, {}, {}], reverse, texts: TEXTS }, signals: { rnn: { hidden_state: Float32Array.from(states) } }, stretches: {}, ...picture };
  return createGateSums("rnn", whole, createReader("rnn", whole));
}
const parts = ({ inputs, recurrent, bias, recurrentBias, total }) => [inputs, recurrent, bias, recurrentBias, total];
const named = ({ products }) => products.map(({ source, component, product }) => [source, component, product]);

test("a sum is W x + U h + b of the state that is shown, and its products come the largest first", () => {
  const at = sumsOf({ stretches: { rnn: [FIRST, LATER] } });
  assert.deepEqual(parts(at("hidden_state", 1, 0)), [-2, 0.25, 1.25, null, -0.5]);
  assert.deepEqual(named(at("hidden_state", 1, 0)), [["x", 1, -2], ["h", 0, 0.25], ["x", 0, 0]]);
});

test("before the first step that is read there is no h", () => {
  const forward = sumsOf({ stretches: { rnn: [FIRST, LATER] } });
  assert.deepEqual(named(forward("hidden_state", 0, 0)), [["x", 0, 1], ["x", 1, -0]]);
  const reverse = sumsOf({ stretches: { rnn: [FIRST, LATER] }, reverse: true });
  assert.deepEqual(named(reverse("hidden_state", 2, 0)), [["x", 0, 3], ["x", 1, 0]]);
  assert.equal(reverse("hidden_state", 1, 0).recurrent, 0.0625);
});

test("a decoder has weights of its own", () => {
  assert.deepEqual(parts(sumsOf({ stretches: { rnn: [FIRST, LATER] } })("hidden_state", 2, 0)), [3, -0.25, 0, null, 2.75]);
});

test("a GRU's reset gate multiplies all that comes from h", () => {
  const gru = { ...weights([0, 0, 0, 0, 1, 0], [0, 0, 2], [0, 0, 1], [0, 0, 3]) };
  const picture = { header: { tokens: [{}, {}], texts: TEXTS }, signals: { gru: { hidden_state: Float32Array.of(0.5, 0), reset_gate: Float32Array.of(1, 0.25) } } };
  const whole = { ...picture, stretches: { gru: [{ from: 0, weights: gru, inputs: Float64Array.of(1, 0, 1, 0) }] } };
  const sum = createGateSums("gru", whole, createReader("gru", whole))("candidate", 1, 0);
  assert.deepEqual(parts(sum), [1, 1, 1, 3, 1 + 1 + 0.25 * (1 + 3)]);
  assert.deepEqual(named(sum)[1], ["h", 0, 0.25]);
  assert.equal(sum.value, Math.tanh(3));
});

test("weights are fetched when a sum is asked for, once, and what is missing meanwhile is said", async () => {
  let fetched = 0;
  let isThere = false;
  const ready = async () => {
    fetched += 1;
    await new Promise(setImmediate);
    isThere = true;
  };
  const at = sumsOf({ reader: { ready, isReady: () => isThere, stretches: () => [FIRST, LATER] } });
  const drawn = new Promise((onCome) => assert.equal(at("hidden_state", 1, 0, onCome).missing, "coming"));
  assert.equal(at("hidden_state", 0, 0, assert.fail).missing, "coming");
  await drawn;
  assert.equal(at("hidden_state", 1, 0).total, -0.5);
  assert.equal(fetched, 1);
});

test("weights that do not come are asked for again by who looks at another number", async () => {
  let asked = 0;
  const ready = async () => {
    asked += 1;
    throw new Error("away");
  };
  const at = sumsOf({ reader: { ready, isReady: () => false } });
  await new Promise((onCome) => at("hidden_state", 1, 0, onCome));
  assert.equal(at("hidden_state", 1, 0, assert.fail).missing, "lost");
  assert.equal(asked, 1);
  await new Promise((onCome) => assert.equal(at("hidden_state", 2, 0, onCome).missing, "coming"));
  assert.equal(asked, 2);
});

test("a state that is no sum asks for no weights", () => {
  const signals = { lstm: { cell_state: Float32Array.of(1), hidden_state: Float32Array.of(1) } };
  const picture = { header: { tokens: [{}], texts: TEXTS }, signals, stretches: {}, reader: { isReady: () => false, ready: assert.fail } };
  const at = createGateSums("lstm", picture, createReader("lstm", picture));
  assert.deepEqual([at("cell_state", 0, 0), at("hidden_state", 0, 0)], [null, null]);
});

test("where there are no weights, or what they give is not what is shown, there are no sums", () => {
  assert.equal(sumsOf({ reader: null })("hidden_state", 1, 0), null);
  const reader = { isReady: () => true, stretches: () => [FIRST, LATER] };
  const shown = (states) => {
    const signals = { rnn: { hidden_state: Float32Array.from(states) } };
    return sumsOf({ reader, signals, plain: { signals } })("hidden_state", 1, 0);
  };
  assert.equal(shown([0.5, Math.tanh(-0.5), 0]).total, -0.5);
  assert.equal(shown([0.5, 0.9, 0]), null);
});
