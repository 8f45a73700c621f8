// test_step_ticks.py holds stepTicks to the axis that Plotly's figures have.

import assert from "node:assert/strict";
import { test } from "node:test";

import { evenTicks, stepTicks } from "../../../../../gateviz/viewer/js/maps/step_ticks.js";

test("of a window in the middle of a text the ticks are its own round numbers, counted from one", () => {
  assert.deepEqual(stepTicks(160, 200).map((step) => step + 1), [220, 240, 260, 280, 300, 320, 340, 360]);
  for (let start = 1; start < 900; start += 7) {
    const ticks = stepTicks(160, start);
    assert.ok(ticks.length >= 7 && ticks.length <= 12);
    assert.ok(ticks.every((step) => step >= start && step < start + 160));
  }
});

test("on a long axis numbers are at least as far apart as they are wide", () => {
  for (const each of [0.5, 1, 2.2, 4.4, 9]) {
    const ticks = evenTicks(2000, each);
    assert.deepEqual(ticks.slice(0, 1), [0]);
    assert.ok(ticks.slice(1).every((step) => (step + 1) % 10 === 0 && step < 2000));
    assert.ok((ticks[2] - ticks[1]) * each >= Math.min(44, 100 * each));
  }
});
