import assert from "node:assert/strict";
import { test } from "node:test";

import { createDrag, typedValue, valueAfterKey } from "../../../../../gateviz/viewer/js/hand/valve_drag.js";

const drag = (more = {}) => createDrag({ x: 100, y: 100, value: 0.5, pointerType: "mouse", ...more });

test("a click is no drag, and a finger may slip farther than a mouse", () => {
  assert.equal(drag().moveTo(102, 102), null);
  assert.equal(drag({ pointerType: "touch" }).moveTo(105, 105), null);
  assert.notEqual(drag().moveTo(105, 105), null);
});

test("a drag begins without a jump; up and to the right open, down and to the left shut", () => {
  for (const [x, y, sign] of [[100, 90, 1], [110, 100, 1], [100, 110, -1], [90, 100, -1]]) {
    const one = drag();
    assert.equal(one.moveTo(x, y), 0.5);
    const [further, back] = [one.moveTo(x + 3 * (x - 100), y + 3 * (y - 100)), one.moveTo(x, y)];
    assert.equal(Math.sign(further - 0.5), sign);
    assert.equal(back, 0.5);
  }
});

test("a valve is open or shut at the ends, however far the hand goes", () => {
  const one = drag();
  one.moveTo(100, 105);
  assert.equal(one.moveTo(100, 900), 0);
  assert.equal(one.moveTo(100, -900), 1);
});

test("keys move a valve and end at its ends", () => {
  assert.equal(valueAfterKey("ArrowUp", 0.5), 0.55);
  assert.equal(valueAfterKey("PageDown", 0.1), 0);
  assert.equal(valueAfterKey("Home", 0.7), 0);
  assert.equal(valueAfterKey("End", 0.7), 1);
  assert.equal(valueAfterKey("x", 0.7), null);
});

test("a typed value is the nearest there is; what is no number is none", () => {
  assert.equal(typedValue("0,25", [0, 1]), 0.25);
  assert.equal(typedValue(" −3 ", [-1, 1]), -1);
  for (const text of ["", " ", "open", "0.5.1", "Infinity"]) assert.equal(typedValue(text, [0, 1]), null);
});
