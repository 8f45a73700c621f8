import assert from "node:assert/strict";
import { test } from "node:test";

import { DECADES, halfLifeText, largestNorm, mixWithWhite, shadeOf } from "../../../../../gateviz/viewer/js/gradients/gradient_numbers.js";

test("a token is darkest where the gradient is largest, lighter with each power of ten, and blank where there is none", () => {
  const shades = Array.from({ length: DECADES + 1 }, (_, power) => shadeOf(10 ** -power, 1));
  assert.ok(shades.every((shade, power) => power === 0 || shade < shades[power - 1]));
  assert.ok(Math.abs(shades.at(-1)) < 1e-12);
  for (const norm of [0, 1e-9, NaN]) assert.equal(shadeOf(norm, 1), 0);
});

test("a shade is a share of the colour on white", () => {
  assert.equal(mixWithWhite("#000000", 0), "rgb(255,255,255)");
  assert.equal(mixWithWhite("#0000ff", 1), "rgb(0,0,255)");
  assert.equal(mixWithWhite("#000000", 0.2), "rgb(204,204,204)");
});

test("the largest norm is that of all networks, and never zero", () => {
  assert.equal(largestNorm([{ inputs: [1, 3] }, { inputs: [2] }]), 3);
  assert.ok(largestNorm([{ inputs: [0, 0] }]) > 0);
});

test("a half-life has a decimal where that says something, and is infinite where nothing decays", () => {
  assert.deepEqual([2.149, 99.94, 143.2, null].map(halfLifeText), ["2.1", "99.9", "143", "∞"]);
});
