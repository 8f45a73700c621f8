import assert from "node:assert/strict";
import { test } from "node:test";

import { clampsWhileWriting } from "../../../../../gateviz/viewer/js/writing/holds_while_writing.js";

const place = { cell: "lstm", layer: 0, direction: "forward", signal: "cell_state", unit: 1 };
const layersWith = (...values) => [{ index: 0, direction: "forward", signals: { cell_state: Float64Array.from(values) } }];
const valuesAt = (held, step) => held.clampsAt(step).map(({ value }) => value);

test("a number is held at its steps, also where they lie behind the sentence", () => {
  const held = clampsWhileWriting([{ ...place, from: 2, to: 3, value: 0.5 }, { ...place, from: 3, to: null, value: 0 }], () => null);
  assert.deepEqual([1, 2, 3, 99].map((step) => valuesAt(held, step)), [[], [0.5], [0.5, 0], [0]]);
});

test("what is frozen keeps the value of its first step", () => {
  const held = clampsWhileWriting([{ ...place, from: 1, to: null, value: "freeze" }], () => null);
  held.read(layersWith(1, 2));
  assert.deepEqual(valuesAt(held, 1), []);
  held.read(layersWith(3, 4));
  assert.deepEqual(valuesAt(held, 2), [Float64Array.of(3, 4)]);
});

test("what is copied from another sentence is held as far as that reaches", () => {
  const held = clampsWhileWriting([{ ...place, from: 0, to: null, value: "other" }], (_hold, step) => (step < 2 ? [7, 8] : null));
  assert.deepEqual([0, 1, 2].map((step) => valuesAt(held, step)), [[[7, 8]], [[7, 8]], []]);
});
