import assert from "node:assert/strict";
import { test } from "node:test";

import { letterOf, MOVING_KEYS } from "../../../../../gateviz/viewer/js/page/keyboard.js";

test("a letter is the same with and without Caps Lock, and while an input method hides it", () => {
  assert.equal(letterOf({ key: "L", code: "KeyL" }), "l");
  assert.equal(letterOf({ key: "Process", code: "KeyL" }), "l");
  assert.equal(letterOf({ key: "Escape", code: "Escape" }), "Escape");
});

test("the moving keys are those that a slider or a tab list uses", () => {
  for (const key of ["ArrowLeft", "ArrowUp", "Home", "End", "PageDown", " "]) assert.ok(MOVING_KEYS.test(key), key);
  for (const key of ["l", "n", "Enter", "Escape", "Homely"]) assert.ok(!MOVING_KEYS.test(key), key);
});
