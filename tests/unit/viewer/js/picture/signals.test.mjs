import assert from "node:assert/strict";
import { test } from "node:test";

import { createReader, isGate, rangeOf, rootMeanSquare, sharedUnits, stepBefore, summaryOf } from "../../../../../gateviz/viewer/js/picture/signals.js";

const header = (reverse) => ({ tokens: Array(3), reverse, units: { lstm: 2, rnn: 5 }, gates: ["forget_gate"], limits: { cell_state: 4 } });
const signals = { lstm: { cell_state: Float32Array.of(1, 2, 3, 4, 5, 6) } };

test("the step before is the one that the layer read before", () => {
  assert.deepEqual([0, 1, 2].map((step) => stepBefore(header(false), step)), [null, 0, 1]);
  assert.deepEqual([0, 1, 2].map((step) => stepBefore(header(true), step)), [1, 2, null]);
});

test("a reader gives the units of a step, and of the step before", () => {
  const forward = createReader("lstm", { header: header(false), signals });
  assert.deepEqual([...forward.at("cell_state", 1)], [3, 4]);
  assert.deepEqual([...forward.before("cell_state", 1)], [1, 2]);
  assert.equal(forward.before("cell_state", 0), null);
  const reverse = createReader("lstm", { header: header(true), signals });
  assert.deepEqual([...reverse.before("cell_state", 1)], [5, 6]);
});

test("a gate lies between 0 and 1, a state within its limit", () => {
  assert.deepEqual([isGate(header(), "forget_gate"), isGate(header(), "cell_state")], [true, false]);
  assert.deepEqual(rangeOf(header(), "forget_gate"), [0, 1]);
  assert.deepEqual(rangeOf(header(), "cell_state"), [-4, 4]);
});

test("all units of a gate are one mean, of a state one root mean square", () => {
  assert.equal(summaryOf(header(), "forget_gate", [0, 0.5, 1, 0.5]), 0.5);
  assert.equal(summaryOf(header(), "cell_state", [3, -3, 3, -3]), 3);
  assert.equal(rootMeanSquare([1, -7]), 5);
});

test("every architecture has the shared units", () => {
  assert.equal(sharedUnits(header()), 2);
});
