// test_step_ticks.py holds stepTicks to the axis that Plotly's figures have.

import assert from "node:assert/strict";
import { test } from "node:test";

import { stepTicks, ticksOfWindows } from "../../../../../gateviz/viewer/js/maps/step_ticks.js";

test("of a window in the middle of a text the ticks are its own round numbers, counted from one", () => {
  assert.deepEqual(stepTicks(160, 200).map((step) => step + 1), [220, 240, 260, 280, 300, 320, 340, 360]);
  for (let start = 1; start < 900; start += 7) {
    const ticks = stepTicks(160, start);
    assert.ok(ticks.length >= 7 && ticks.length <= 12);
    assert.ok(ticks.every((step) => step >= start && step < start + 160));
  }
});

test("through each window on a long text one sees about as many numbers as under a short text", () => {
  const ticks = ticksOfWindows(2000, 160).map((step) => step + 1);
  assert.deepEqual(ticks.slice(0, 4), [1, 20, 40, 60]);
  assert.equal(ticks.at(-1), 2000);
  assert.deepEqual(ticksOfWindows(68, 68), stepTicks(68));
});
