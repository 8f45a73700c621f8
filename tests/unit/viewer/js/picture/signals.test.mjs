import assert from "node:assert/strict";
import { test } from "node:test";

import { createReader, isGate, rangeOfUnit, rootMeanSquare, sharedUnits, stepBefore, summaryOf } from "../../../../../gateviz/viewer/js/picture/signals.js";

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

test("a gate's curve lies between 0 and 1, a state's between its own ends and zero, whatever the colours end at", () => {
  assert.deepEqual([isGate(header(), "forget_gate"), isGate(header(), "cell_state")], [true, false]);
  assert.deepEqual(rangeOfUnit(header(), "forget_gate", [0.2, 0.3]), [0, 1]);
  assert.deepEqual(rangeOfUnit(header(), "cell_state", [0.5, 29.7, 12]), [0, 29.7]);
  assert.deepEqual(rangeOfUnit(header(), "cell_state", [-0.25, NaN, -0.75]), [-0.75, 0], "of a long text some has not come");
  assert.deepEqual(rangeOfUnit(header(), "cell_state", [0, 0]), [-1, 1]);
});

test("a projected hidden state has fewer units than the gates", () => {
  const more = { lstm: { ...signals.lstm, hidden_state: Float32Array.of(7, 8, 9) } };
  assert.deepEqual([...createReader("lstm", { header: header(false), signals: more }).at("hidden_state", 2)], [9]);
});

test("all units of a gate are one mean, of a state one root mean square", () => {
  assert.equal(summaryOf(header(), "forget_gate", [0, 0.5, 1, 0.5]), 0.5);
  assert.equal(summaryOf(header(), "cell_state", [3, -3, 3, -3]), 3);
  assert.equal(rootMeanSquare([1, -7]), 5);
});

test("every architecture has the shared units", () => {
  assert.equal(sharedUnits(header()), 2);
});
