import assert from "node:assert/strict";
import { test } from "node:test";

import { decimals, exactText, placesFor, powerOfTen, probability, scientific } from "../../../../../gateviz/viewer/js/format/numbers.js";

test("a number has its decimals, a real minus sign, and never a negative zero", () => {
  assert.equal(decimals(0.5), "0.50");
  assert.equal(decimals(-1.005, 1), "−1.0");
  assert.equal(decimals(-0.001), "0.00");
  assert.equal(decimals(-0), "0.00");
  assert.equal(decimals(12.5, 0), "13");
});

test("what has not come, and what is no number, is a dash", () => {
  for (const write of [decimals, probability]) {
    for (const value of [NaN, Infinity, undefined, null]) assert.equal(write(value), "–");
  }
});

test("a probability leaves out its leading zero and is never rounded to none or to all by accident", () => {
  assert.equal(probability(0.834), ".83");
  assert.equal(probability(0.995), "1.0");
  assert.equal(probability(0.9949), ".99");
  assert.equal(probability(0.005), ".01");
  assert.equal(probability(0.0049), "<.01");
  assert.equal(probability(0), "<.01");
});

test("a small number is a mantissa and a power of ten", () => {
  assert.equal(scientific(0), "0");
  assert.equal(scientific(0.00123), "1.2·10⁻³");
  assert.equal(scientific(4.56e12), "4.6·10¹²");
  assert.equal(scientific(5), "5.0·10⁰");
});

test("a power of ten is written as a person would", () => {
  assert.deepEqual([0, 1, 2, -10].map(powerOfTen), ["1", "10", "10²", "10⁻¹⁰"]);
});

test("a large number needs fewer decimals", () => {
  assert.deepEqual([0.5, -9.9, 10, -99, 100, 1e6].map(placesFor), [3, 3, 1, 1, 0, 0]);
});

test("the exact value has six digits, and is nothing where there is no number", () => {
  assert.equal(exactText(1 / 3), 0.333333);
  assert.equal(exactText(123456789), 123457000);
  assert.equal(exactText(NaN), "");
});
