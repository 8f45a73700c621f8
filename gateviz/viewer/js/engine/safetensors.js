// Reads the file in which a model ships: safetensors, in half, single or double precision.

const READERS = {
  F16: { size: 2, read: (view, at) => half(view.getUint16(at, true)) },
  F32: { size: 4, read: (view, at) => view.getFloat32(at, true) },
  F64: { size: 8, read: (view, at) => view.getFloat64(at, true) },
};

/**
 * @typedef {object} Tensor
 * @property {number[]} shape
 * @property {Float64Array} values Row after row. Every half or single precision number is a double.
 */

/**
 * A file is the length of its header (8 bytes), the header as JSON, and the numbers.
 *
 * @param {Uint8Array} bytes
 * @returns {Object<string, Tensor>} By name.
 * @throws {Error} It is no such file, or holds numbers of another kind.
 */
export function readSafetensors(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { header, start } = readHeader(bytes, view);
  const entries = Object.entries(header).filter(([name]) => name !== "__metadata__");
  return Object.fromEntries(entries.map(([name, entry]) => [name, readTensor(view, start, name, entry)]));
}

function readHeader(bytes, view) {
  try {
    const start = 8 + Number(view.getBigUint64(0, true));
    return { header: JSON.parse(new TextDecoder().decode(bytes.subarray(8, start))), start };
  } catch {
    throw new Error("this is not a safetensors file: its header cannot be read");
  }
}

function readTensor(view, start, name, { dtype, shape, data_offsets: [from, to] }) {
  const reader = READERS[dtype];
  if (!reader) throw new Error(`${name} is of the type ${dtype}: give F16, F32 or F64`);
  const count = shape.reduce((product, size) => product * size, 1);
  if (from < 0 || to - from !== count * reader.size || start + to > view.byteLength) throw new Error(`${name} has not the size that it says`);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = reader.read(view, start + from + i * reader.size);
  return { shape, values };
}

/** The number that 16 bits stand for: a sign, 5 bits of exponent, 10 of fraction. */
function half(bits) {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits >> 15 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1024 + fraction) * POWERS[exponent];
}

const POWERS = Float64Array.from({ length: 31 }, (_, exponent) => 2 ** (exponent - 25));
