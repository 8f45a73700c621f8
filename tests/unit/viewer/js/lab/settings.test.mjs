import assert from "node:assert/strict";
import { test } from "node:test";

import { readableOf, scientificOf } from "../../../../../gateviz/viewer/js/format/numbers.js";
import { together } from "../../../../../gateviz/viewer/js/lab/measure.js";
import { BEGINS, PRESETS, readSettings, writeSettings } from "../../../../../gateviz/viewer/js/lab/settings.js";

test("what is set comes back from the address, and what is as it begins is not in it", () => {
  assert.equal(writeSettings(BEGINS), "");
  for (const preset of Object.values(PRESETS)) {
    const settings = { ...BEGINS, ...preset, steps: 200 };
    assert.deepEqual(readSettings(writeSettings(settings)), { settings, isWhole: true });
  }
});

test("of nonsense the nearest valid setting stays, and it is known that there was some", () => {
  const read = (text) => readSettings(text);
  assert.deepEqual(read("radius:0"), { settings: { ...BEGINS, radius: 0.05 }, isWhole: false });
  assert.deepEqual(read("steps:99999,units:2.4").settings, { ...BEGINS, steps: 1000, units: 2 });
  for (const text of ["start:xavier", "steps:many", "tree:1", "forget:1e9", "<b>", "steps"]) {
    assert.deepEqual(read(text), { settings: BEGINS, isWhole: false }, text);
  }
});

test("of several seeds the median stands between the ends of the band", () => {
  const { middle, low, high } = together([[1, 9], [3, 7], [2, 8], [10, 0]].map((curve) => Float64Array.from(curve)));
  assert.deepEqual([[...middle], [...low], [...high]], [[2.5, 7.5], [1, 0], [10, 9]]);
});

test("a number whose logarithm is known is read as any other, also beyond the range of numbers", () => {
  assert.deepEqual([0.04, -1, -2, -2.01, -400, -Infinity, NaN].map(readableOf), ["1.1", "0.10", "0.01", "1·10⁻²", "1·10⁻⁴⁰⁰", "0", "–"]);
  assert.equal(scientificOf(-25.09), "8.1·10⁻²⁶");
  assert.equal(scientificOf(Math.log10(9.96)), "1.0·10¹");
});
