import assert from "node:assert/strict";
import { test } from "node:test";

import { clampStep, stepsInWindow, windowStart, windowWidth } from "../../../../../gateviz/viewer/js/picture/time_window.js";

const [STEPS, WIDE] = [1000, 160];

test("a step lies among those that there are", () => {
  assert.deepEqual([-1, 0, 4, 5, 99].map((step) => clampStep(step, 5)), [0, 0, 4, 4, 4]);
});

test("a short text has one window, which begins at its first step", () => {
  for (const step of [0, 80, 159]) assert.equal(windowStart(3, step, WIDE, WIDE), 0);
});

test("wherever the cursor goes, the window holds it and does not leave the text", () => {
  for (let start = 0; start <= STEPS - WIDE; start += 37) {
    for (let step = 0; step < STEPS; step += 13) {
      const next = windowStart(start, step, STEPS, WIDE);
      assert.ok(next >= 0 && next <= STEPS - WIDE && next <= step && step < next + WIDE, `${start} ${step} ${next}`);
      assert.ok(Number.isInteger(next));
    }
  }
});

test("a step in the middle of the window does not move it, and one at its edge moves it by as much", () => {
  assert.equal(windowStart(300, 380, STEPS, WIDE), 300);
  const start = windowStart(300, 300 + WIDE - 32, STEPS, WIDE);
  assert.equal(start, 301);
  assert.equal(windowStart(start, 300 + WIDE - 31, STEPS, WIDE), 302);
  assert.equal(windowStart(300, 331, STEPS, WIDE), 299);
});

test("after a jump the cursor is in the middle", () => {
  assert.equal(windowStart(0, 500, STEPS, WIDE), 420);
});

test("a window's steps end with the text", () => {
  const header = (length) => ({ tokens: Array(length), window: WIDE });
  assert.deepEqual(stepsInWindow(header(1000), 200), [200, 359]);
  assert.deepEqual(stepsInWindow(header(60), 0), [0, 59]);
  assert.deepEqual([60, 160, 1000].map((length) => windowWidth(header(length))), [60, 160, 160]);
});
