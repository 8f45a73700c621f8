import assert from "node:assert/strict";
import { test } from "node:test";

import { fittingHolds, indexAt, readHolds, spanOf, stepsFor, withValue, writeHolds } from "../../../../../gateviz/viewer/js/hand/holds.js";

const HEADER = { cells: ["lstm"], units: { lstm: 4 }, tokens: Array(10).fill({}) };
const of = (text) => readHolds(text).holds;
const fitting = (text, hasOther = false) => {
  const { holds, leftOut } = fittingHolds(of(text), HEADER, hasOther);
  return [writeHolds(holds), leftOut];
};

test("of a link those are kept that the picture has", () => {
  assert.deepEqual(fitting("lstm.forget_gate@3-9:0,gru.reset_gate:0"), ["lstm.forget_gate@3-9:0", true]);
  assert.deepEqual(fitting("lstm.forget_gate@3-99:0"), ["lstm.forget_gate@3-9:0", true]);
  assert.deepEqual(fitting("lstm.forget_gate@30-99:0,lstm.forget_gate.99:0"), ["", true]);
  assert.deepEqual(fitting("lstm.cell_state:other"), ["", true]);
  assert.deepEqual(fitting("lstm.cell_state:other", true), ["lstm.cell_state:other", false]);
});

test("the hold that counts is the last of exactly this place at this step", () => {
  const holds = of("lstm.forget_gate:0,lstm.forget_gate@3-5:1,lstm.forget_gate.2:0.5");
  const place = { ...holds[0] };
  assert.deepEqual([0, 4, 6].map((step) => indexAt(holds, place, step)), [0, 1, 0]);
  assert.equal(indexAt(holds, { ...place, unit: 2 }, 4), 2);
  assert.equal(indexAt(holds, { ...place, signal: "input_gate" }, 4), -1);
});

test("a value goes to the hold that is there, or makes a new one from the step on", () => {
  const holds = of("lstm.forget_gate@3-5:1");
  assert.equal(writeHolds(withValue(holds, holds[0], 4, 0.25)), "lstm.forget_gate@3-5:0.25");
  assert.equal(writeHolds(withValue(holds, holds[0], 8, 0.25)), "lstm.forget_gate@3-5:1,lstm.forget_gate@8-:0.25");
});

test("since when something is held is one of three, or what a link names", () => {
  for (const span of ["on", "at", "always"]) assert.equal(spanOf(stepsFor(span, 7)), span);
  assert.equal(spanOf({ from: 3, to: 7 }), null);
});
