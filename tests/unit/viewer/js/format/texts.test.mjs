import assert from "node:assert/strict";
import { test } from "node:test";

import { fill, glyph } from "../../../../../gateviz/viewer/js/format/texts.js";

test("values are put into their places, as often as these are there, and nothing else changes", () => {
  assert.equal(fill("{n} of {total}, {n}", { n: 3, total: 0 }), "3 of 0, 3");
  assert.equal(fill("{unknown} {}", { n: 1 }), "{unknown} {}");
  assert.equal(fill("{token}", { token: "$& {token} </b>" }), "$& {token} </b>");
});

test("a name that every object has is no value", () => {
  assert.equal(fill("{constructor} {toString}", {}), "{constructor} {toString}");
});

test("what would be invisible is shown by a sign", () => {
  assert.deepEqual([" ", "\u00a0", "\t", "\n"].map(glyph), ["␣", "⍽", "⇥", "↵"]);
  assert.equal(glyph("\u0301"), "◌\u0301");
  assert.equal(glyph("\u200b"), "U+200B");
  assert.equal(glyph("\u202e"), "U+202E");
});

test("everything else is shown as it is", () => {
  for (const token of ["a", "时", "🦊", "the", "<", "don't", ""]) assert.equal(glyph(token), token);
});

test("a token that has the name of a property of every object is no sign", () => {
  for (const token of ["constructor", "toString", "__proto__"]) assert.equal(glyph(token), token);
});
