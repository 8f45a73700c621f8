import assert from "node:assert/strict";
import { test } from "node:test";

import { halfLifeOf, leftAfter, shareText } from "../../../../../gateviz/viewer/js/gradients/curve_numbers.js";

const falling = Array.from({ length: 31 }, (_, at) => 3 * 2 ** (-(30 - at) / 10));

test("a curve that halves every ten steps has that half-life, whatever gaps and underflow it has", () => {
  assert.ok(Math.abs(halfLifeOf(falling).steps - 10) < 1e-9);
  assert.ok(Math.abs(halfLifeOf(falling).quality - 1) < 1e-12);
  assert.ok(Math.abs(halfLifeOf([0, null, 1e-320, ...falling]).steps - 10) < 1e-9);
});

test("what does not fall has no half-life, and of one number there is nothing to tell", () => {
  assert.equal(halfLifeOf([1, 1, 1]).steps, Infinity);
  assert.equal(halfLifeOf([4, 2, 1]).steps, Infinity);
  assert.ok(Number.isNaN(halfLifeOf([1]).steps));
});

test("what is left is counted from the loss, which is the last", () => {
  assert.equal(leftAfter([0.125, 0.25, 0.5, 1], 2), 0.25);
  assert.ok(Number.isNaN(leftAfter([1, 1], 2)));
  assert.ok(Number.isNaN(leftAfter([1, 0], 1)));
});

test("a share is a percentage or a power of ten, as gradient_sentence.py writes it", () => {
  const shares = [1.43, 0.995, 0.1, 0.0994, 0.00123, 3.2e-7, 0, NaN];
  assert.deepEqual(shares.map(shareText), ["143%", "100%", "10%", "9.9%", "0.1%", "3·10⁻⁷", "0", "–"]);
});
