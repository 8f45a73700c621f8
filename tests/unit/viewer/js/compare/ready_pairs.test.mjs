import assert from "node:assert/strict";
import { test } from "node:test";

import { readyPairs } from "../../../../../gateviz/viewer/js/compare/ready_pairs.js";

const tokensOf = (text) => text.match(/ ?\S+/g).map((token) => ({ text: token }));
const pairs = (text, rules) => readyPairs(text, tokensOf(text), rules);

test("a change is called by what it changes", () => {
  assert.deepEqual(pairs("the keys are", [["^the (\\w+)s\\b", "the $1"]]), [{ label: "keys → key", text: "the key are" }]);
  assert.equal(pairs("it is good", [["is ", "is not "]])[0].label, "+ not");
  assert.equal(pairs("it is not good", [["not ", ""]])[0].label, "− not");
  assert.equal(pairs("很开心", [["开心", "不开心"]])[0].label, "开心 → 不开心");
  assert.equal(pairs("(a)", [["^\\((.*)\\)$", "[$1]", "( ) → [ ]"]])[0].label, "( ) → [ ]");
});

test("pairs come in the order of their places, each once, four at most", () => {
  const rules = [..."edcba"].map((letter) => [letter, letter.toUpperCase()]);
  assert.deepEqual(pairs("abcde", rules).map(({ text }) => text), ["Abcde", "aBcde", "abCde", "abcDe"]);
  assert.equal(pairs("ab", [["a", "c"], ["^a", "c"], ["x", "y"], ["b", "b"]]).length, 1);
});

test("two changes of the same name tell their place", () => {
  assert.deepEqual(pairs("X.X", [["^X", "Y"], ["X$", "Y"]]).map(({ label }) => label), ["X → Y (1)", "X → Y (3)"]);
});

test("a text that no rule knows goes without the token in its middle; a single token stays", () => {
  assert.deepEqual(pairs("one two three", []), [{ label: "− two", text: "one three" }]);
  assert.deepEqual(pairs("one", []), []);
});
