// Reads the bytes that packing/pack.py writes.

/**
 * @typedef {object} Header What pack.py writes as JSON: texts, tokens, sizes, colours and what the models expect.
 * @property {string[]} cells The architectures, in the order in which they are drawn.
 * @property {{text: string, known: boolean}[]} tokens One for each step.
 * @property {Object<string, number>} units How many units each architecture has.
 * @property {string[]} gates The signals that are gates: their values lie between 0 and 1.
 * @property {Object<string, number>} limits Of each other signal: its colours run from minus its limit to its limit.
 * @property {number} window How many steps a heatmap shows at once.
 * @property {boolean} reverse Whether the layer reads the text from its end.
 */

/**
 * @typedef {Object<string, Object<string, Float32Array>>} Signals By cell and name. The values of one step lie side by
 *   side: values[step * units + unit].
 */

/**
 * @param {Uint8Array} bytes
 * @returns {Promise<{header: Header, signals: Signals}>}
 */
export async function unpack(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const [json, planes] = await Promise.all([bytes.subarray(4, 4 + length), bytes.subarray(4 + length)].map(inflate));
  const header = JSON.parse(new TextDecoder().decode(json));
  const signals = {};
  let offset = 0;
  for (const { cell, signal, steps, units } of header.arrays) {
    const count = steps * units;
    (signals[cell] ??= {})[signal] = joinPlanes(planes, offset, count);
    offset += 3 * count;
  }
  return { header, signals };
}

/** What a zlib stream holds. */
export async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Float32 numbers from three planes of bytes; the lowest of a float's four bytes is zero and is not sent. */
function joinPlanes(planes, offset, count) {
  const bits = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    bits[i] = ((planes[offset + 2 * count + i] << 24) | (planes[offset + count + i] << 16) | (planes[offset + i] << 8)) >>> 0;
  }
  return new Float32Array(bits.buffer);
}
