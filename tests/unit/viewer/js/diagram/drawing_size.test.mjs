import assert from "node:assert/strict";
import { test } from "node:test";

import { LEAST, sizeFor } from "../../../../../gateviz/viewer/js/diagram/drawing_size.js";

test("a small diagram is drawn in px, so that its letters stay as large; a large one grows", () => {
  assert.equal(sizeFor(LEAST.width, LEAST.height).scale, 1);
  assert.equal(sizeFor(400, LEAST.height).scale, 1, "there is more room between the nodes");
  assert.equal(sizeFor(400, LEAST.height).width, 400);
  assert.equal(sizeFor(2 * LEAST.width, 2 * LEAST.height).scale, 2);
});

test("the strips stand inside the drawing and outside the wires", () => {
  const { left, right, width, strip } = sizeFor(300, 200);
  assert.ok(strip.before >= 0 && strip.before + strip.width < left);
  assert.ok(right < strip.now && strip.now + strip.width <= width);
});
