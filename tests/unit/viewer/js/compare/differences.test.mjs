import assert from "node:assert/strict";
import { test } from "node:test";

import { otherStep, stepBeside } from "../../../../../gateviz/viewer/js/compare/compared.js";
import { broughtOver, differenceNorms, lifeOf } from "../../../../../gateviz/viewer/js/compare/differences.js";
import { shownValues } from "../../../../../gateviz/viewer/js/maps/map_look.js";

const STEPS = [0, null, 2]; // the other sentence has a token of its own at 1
const COMPARED = { steps: STEPS, columns: [[0, 0], [null, 1], [1, null], [2, 2]] };

test("the other's values stand on the steps of the shown sentence, and nothing where it has no token", () => {
  assert.deepEqual([...broughtOver(new Float64Array([1, 2, 3, 4, 5, 6]), STEPS, 3)], [1, 2, NaN, NaN, 5, 6]);
});

test("a norm is that of all units, and a step without a counterpart has none", () => {
  assert.deepEqual([...differenceNorms([3, 4, 1, 1, 0, 0], [0, 0, NaN, NaN, 0, 0], 3)], [5, NaN, 0]);
});

test("what is left is told in the order in which a layer reads", () => {
  const norms = new Float64Array([0, 2, NaN, 4, 1]);
  assert.deepEqual(lifeOf(norms), { from: 1, largest: 4, at: 3, end: 4, share: 0.25 });
  assert.deepEqual(lifeOf(norms, true), { from: 4, largest: 4, at: 3, end: 0, share: 0 });
  assert.equal(lifeOf(new Float64Array([0, NaN, 0])), null);
});

test("both cursors move together, and wait where the other sentence has no token", () => {
  assert.deepEqual([0, 1, 2].map((step) => otherStep(COMPARED, step)), [0, 0, 2]);
  assert.deepEqual([0, 1, 2].map((other) => stepBeside(COMPARED, other)), [0, 0, 2]);
  assert.equal(otherStep({ steps: [null, 1] }, 0), 0);
});

test("the maps show the first, the second, or the first minus the second", () => {
  const [first, second] = [new Float32Array([1, 0.5]), new Float32Array([0.25, NaN])];
  assert.equal(shownValues("after", first, second), first);
  assert.equal(shownValues("before", first, second), second);
  assert.deepEqual([...shownValues("difference", first, second)], [0.75, NaN]);
  assert.equal(shownValues("difference", first, null), first, "nothing to compare with");
});
