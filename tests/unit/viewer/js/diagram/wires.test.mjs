import assert from "node:assert/strict";
import { test } from "node:test";

import { signedStrands } from "../../../../../gateviz/viewer/js/diagram/flows.js";
import { shifted, strandsOf } from "../../../../../gateviz/viewer/js/diagram/wires.js";

const close = (found, expected) => assert.ok(Math.abs(found - expected) < 1e-9, `${found} is not ${expected}`);

test("a wire that is moved to its left keeps its distance around every corner", () => {
  const right = shifted([[0, 0], [10, 0], [10, 10], [20, 10]], 2);
  assert.deepEqual(right, [[0, -2], [12, -2], [12, 8], [20, 8]]);
});

test("what is above zero and what is below lie side by side, as wide as their shares of the whole", () => {
  const [above, below] = strandsOf({ size: 1, strands: [{ share: 0.75, colour: "red" }, { share: 0.25, colour: "blue" }] });
  const width = above.width + below.width;
  close(above.width / width, 0.75);
  close(above.middle + above.width / 2, width / 2);
  close(below.middle - below.width / 2, -width / 2);
  close(above.middle - above.width / 2, below.middle + below.width / 2);
});

test("a wire of one unit is one strand in the middle, and of nothing none", () => {
  assert.equal(strandsOf({ size: -1, strands: [{ share: 1, colour: "blue" }] })[0].middle, 0);
  assert.deepEqual(strandsOf({ size: 0, strands: [] }), []);
  const [small, large] = [0.1, -0.9].map((size) => strandsOf({ size, strands: [{ share: 1 }] })[0].width);
  assert.ok(large > small);
});

test("the strands of all units have the shares of what they add up to, and the colour of their root mean square", () => {
  const strands = signedStrands(Float32Array.of(0.6, 0, -0.2, 0.2), (value) => value);
  close(Math.round(strands[0].share * 1e6) / 1e6, 0.8);
  assert.ok(Math.abs(strands[0].colour - Math.sqrt((0.36 + 0.04) / 3)) < 1e-6);
  assert.ok(Math.abs(strands[1].colour + 0.2) < 1e-6);
  assert.deepEqual(signedStrands(Float32Array.of(0, 0), String), []);
});
