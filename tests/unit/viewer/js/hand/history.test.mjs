import assert from "node:assert/strict";
import { test } from "node:test";

import { createHistory } from "../../../../../gateviz/viewer/js/hand/history.js";

test("what was held before is had again, and what came after it", () => {
  const history = createHistory();
  history.change("nothing");
  history.change("one");
  assert.equal(history.undo("two"), "one");
  assert.equal(history.undo("one"), "nothing");
  assert.equal(history.undo("nothing"), null);
  assert.equal(history.redo("nothing"), "one");
  assert.equal(history.redo("one"), "two");
  assert.equal(history.redo("two"), null);
});

test("a new change forgets what came after", () => {
  const history = createHistory();
  history.change("nothing");
  assert.equal(history.undo("one"), "nothing");
  history.change("nothing");
  assert.equal(history.redo("other"), null);
  assert.equal(history.undo("other"), "nothing");
});
