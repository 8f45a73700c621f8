import assert from "node:assert/strict";
import { test } from "node:test";

import { problemOf, problemOfNumbers, sayUnknown } from "../../../../../gateviz/viewer/js/alone/typed_text.js";

const TEXTS = {
  too_long: "{given} of {limit}", empty: "empty", control_character: "{name} at {position}", not_a_number: "{word} at {position}, as in {example}",
  example: "1 2", unknown: "{count}: {characters}", unknown_one: "one: {characters}",
};
const unknown = (...texts) => texts.map((text) => ({ text, known: false }));

test("a text that can be read has no problem", () => {
  for (const text of ["a", "Ein Wort.", "我在法国长大。", "👍", " a "]) assert.equal(problemOf(text, 20, TEXTS), null);
});

test("each refusal is one sentence, with the place of what is wrong in code points", () => {
  assert.equal(problemOf("", 9, TEXTS), "empty");
  assert.equal(problemOf(" \u3000\u0085\n", 9, TEXTS), "empty");
  assert.equal(problemOf("👍👍👍", 2, TEXTS), "3 of 2");
  assert.equal(problemOf("👍\n", 9, TEXTS), "U+000A at 2");
  assert.equal(problemOf("a\ud800", 9, TEXTS), "U+D800 at 2");
});

test("a hundred thousand characters are counted at once", () => {
  const began = performance.now();
  assert.equal(problemOf("x".repeat(100_000), 2000, TEXTS), "100000 of 2000");
  assert.ok(performance.now() - began < 1000);
});

test("a word that is no number is named; other errors are none of its business", () => {
  assert.equal(problemOfNumbers({ word: "x", position: 2 }, TEXTS), "x at 2, as in 1 2");
  assert.equal(problemOfNumbers({ word: "y".repeat(50), position: 1 }, TEXTS), `${"y".repeat(24)}… at 1, as in 1 2`);
  assert.equal(problemOfNumbers(new Error("something"), TEXTS), null);
});

test("unknown words are listed as words, marks and signs one by one, and what prints nothing by its code point", () => {
  assert.equal(sayUnknown([{ text: "a", known: true }], TEXTS), null);
  assert.equal(sayUnknown(unknown(" zebra"), TEXTS), "one: zebra");
  assert.equal(sayUnknown(unknown(" zebra", "zebra", "👍🏽", "\u200d"), TEXTS), "5: zebra 👍 🏽 U+200D");
  assert.match(sayUnknown(unknown(..."abcdefghijklmnop"), TEXTS), /^16: a b c d e f g h i j k l …$/);
});
