import assert from "node:assert/strict";
import { test } from "node:test";

import { beginningOf, LENGTHS, longerLength } from "../../../../../gateviz/viewer/js/writing/plans.js";

test("a poem goes on from the sentence, or from the first clause of one that is whole", () => {
  assert.equal(beginningOf("白日依山尽"), "白日依山尽");
  assert.equal(beginningOf("白日依山尽，黄河入海流。"), "白日依山尽，黄河入海流。");
  assert.equal(beginningOf("白日依山尽，黄河入海流。欲穷千里目，更上一层楼。"), "白日依山尽，");
});

test("a text becomes longer until it is as long as one can be", () => {
  assert.equal(longerLength(60), 100);
  assert.equal(longerLength(LENGTHS.at(-1)), LENGTHS.at(-1));
});
