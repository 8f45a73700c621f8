// Reads what pack.py wrote. One object comes out: {header, signals: {lstm: {forget_gate: Float32Array}}, sums}, each
// array time-major, so that the values of one step lie side by side: array[step * units + unit].

const payloads = new WeakMap();

/** The picture in these bytes, all of it or its head; the same bytes are read once. */
function readPayload(bytes) {
  if (!payloads.has(bytes)) payloads.set(bytes, decodePayload(bytes).then((read) => (read.header.pieces ? inPieces(read.header) : whole(read))));
  return payloads.get(bytes);
}

async function decodePayload(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const [said, planes] = await Promise.all([bytes.subarray(4, 4 + length), bytes.subarray(4 + length)].map(inflate));
  const header = JSON.parse(new TextDecoder().decode(said));
  const signals = {};
  let offset = 0;
  for (const { cell, signal, steps, units } of header.arrays) {
    const count = steps * units;
    (signals[cell] ??= {})[signal] = joinPlanes(planes, offset, count);
    offset += 3 * count;
  }
  for (const { cell, signal, units } of inOrder(header.arrays)) follow(cell, signal, signals[cell], { units, reverse: header.reverse });
  return { header, signals, sums: header.sums ? readSums(header.sums, planes, offset) : null };
}

async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Those that follow from others, each after what it follows from: an LSTM's h comes from its c. */
function inOrder(arrays) {
  return ["cell_state", "hidden_state"].flatMap((name) => arrays.filter(({ signal, followed }) => followed && signal === name));
}

/** Three planes of bytes, the float's lowest of four left out because it is zero. */
function joinPlanes(planes, offset, count) {
  const words = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    words[i] = ((planes[offset + 2 * count + i] << 24) | (planes[offset + count + i] << 16) | (planes[offset + i] << 8)) >>> 0;
  }
  return new Float32Array(words.buffer);
}

/** {cell: {rows, starts, parts: {signal: {part: Float32Array}}}}; rows[step] is the step's row in a signal's "inputs",
 *  and a row of its biases holds from starts[row] on. */
function readSums({ rows, starts, parts }, planes, start) {
  const sums = Object.fromEntries(Object.entries(rows).map(([cell, which]) => [cell, { rows: which, starts, parts: {} }]));
  let offset = start;
  for (const { cell, signal, part, count, scale } of parts) {
    const values = new Float32Array(count);
    for (let i = 0; i < count; i++) values[i] = (((planes[offset + count + i] << 24) | (planes[offset + i] << 16)) >> 16) * scale;
    (sums[cell].parts[signal] ??= {})[part] = values;
    offset += 2 * count;
  }
  return sums;
}
