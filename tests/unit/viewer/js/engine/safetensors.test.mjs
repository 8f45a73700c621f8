import assert from "node:assert/strict";
import { test } from "node:test";

import { readSafetensors } from "../../../../../gateviz/viewer/js/engine/safetensors.js";

/** A file of one tensor, at an odd place of its buffer, as a download may be. */
function fileOf(entry, numbers, header = JSON.stringify({ __metadata__: { format: "pt" }, w: { data_offsets: [0, numbers.length], ...entry } })) {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(1 + 8 + json.length + numbers.length).subarray(1);
  new DataView(bytes.buffer, 1).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(numbers, 8 + json.length);
  return bytes;
}
const bytesOf = (array) => new Uint8Array(array.buffer);

test("half precision: every kind of number that 16 bits can be", () => {
  const bits = Uint16Array.of(0x0000, 0x0001, 0x03ff, 0x0400, 0x3c00, 0xc000, 0x3555, 0x7bff, 0x7c00, 0xfc00, 0x7e00, 0x8000);
  const { w } = readSafetensors(fileOf({ dtype: "F16", shape: [3, 4] }, bytesOf(bits)));
  const expected = [0, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, 1, -2, 1365 / 4096, 65504, Infinity, -Infinity, NaN, -0];
  assert.deepEqual(w, { shape: [3, 4], values: Float64Array.from(expected) });
});

test("single and double precision", () => {
  for (const [dtype, Kind] of [["F32", Float32Array], ["F64", Float64Array]]) {
    const numbers = Kind.of(0.1, -3e-9, 7);
    assert.deepEqual(readSafetensors(fileOf({ dtype, shape: [3] }, bytesOf(numbers))).w.values, Float64Array.from(numbers));
  }
});

test("what is no such file is refused", () => {
  const two = new Uint8Array(2);
  assert.throws(() => readSafetensors(two), /not a safetensors file/);
  assert.throws(() => readSafetensors(new Uint8Array(100).fill(255)), /not a safetensors file/);
  assert.throws(() => readSafetensors(fileOf({}, two, "no JSON")), /not a safetensors file/);
  assert.throws(() => readSafetensors(fileOf({ dtype: "I64", shape: [1] }, two)), /w is of the type I64/);
  assert.throws(() => readSafetensors(fileOf({ dtype: "F16", shape: [2] }, two)), /w has not the size/);
  assert.throws(() => readSafetensors(fileOf({ dtype: "F16", shape: [1], data_offsets: [2, 4] }, two)), /w has not the size/);
  assert.throws(() => readSafetensors(fileOf({ dtype: "F16", shape: [1], data_offsets: [-2, 0] }, two)), /w has not the size/);
});
