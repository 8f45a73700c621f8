// Reads the bytes that packing/exact.py writes.

import { inflate } from "../picture/unpack.js";

/**
 * @param {Uint8Array} bytes
 * @returns {Promise<{header: object, arrays: Object<string, Float32Array>}>} `header.arrays` has the name and the shape of each.
 */
export async function unpackExact(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const [json, packed] = await Promise.all([bytes.subarray(4, 4 + length), bytes.subarray(4 + length)].map(inflate));
  const header = JSON.parse(new TextDecoder().decode(json));
  const numbers = new Float32Array(packed.buffer, packed.byteOffset, packed.byteLength / 4);
  const arrays = {};
  let offset = 0;
  for (const { name, shape } of header.arrays) {
    const count = shape.reduce((product, size) => product * size, 1);
    arrays[name] = numbers.subarray(offset, offset + count);
    offset += count;
  }
  return { header, arrays };
}
