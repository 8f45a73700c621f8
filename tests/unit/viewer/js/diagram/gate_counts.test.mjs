import assert from "node:assert/strict";
import { test } from "node:test";

import { countGate, countsText, lanesOf } from "../../../../../gateviz/viewer/js/diagram/gate_counts.js";

const TEXTS = { gate_counts: { open: "{count} open", half: "{count} half", shut: "{count} shut" } };

test("over 0.9 a gate is open, under 0.1 shut, and half open between them", () => {
  assert.deepEqual(countGate([0.95, 0.9, 0.5, 0.1, 0.05, 0]), { open: 1, half: 3, shut: 2 });
});

test("the words leave out what is not there", () => {
  assert.equal(countsText(TEXTS, { open: 2, half: 4, shut: 26 }), "26 shut · 4 half · 2 open");
  assert.equal(countsText(TEXTS, { open: 0, half: 64, shut: 0 }), "64 half");
});

test("few units have a lane each; of many, the lanes are spread evenly over the sorted values", () => {
  assert.deepEqual([...lanesOf([0.75, 0.25, 0.5], 32)], [0.25, 0.5, 0.75]);
  const many = Float32Array.from({ length: 256 }, (_, index) => ((index * 37) % 256) / 255);
  const lanes = [...lanesOf(many, 32)];
  assert.equal(lanes.length, 32);
  assert.ok(lanes.every((value, index) => Math.abs(value - (index + 0.5) / 32) < 0.01));
});
