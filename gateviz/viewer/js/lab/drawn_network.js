// A recurrent module before any training, drawn by seed with its inputs: number for number that of models/untrained.py.

import { createGenerator } from "../engine/sampling.js";
import { spectralRadius } from "./spectral_radius.js";

export const INPUT_SIZE = 16;

const GATES = { rnn: 1, lstm: 4, gru: 3 };
const MOST_KNOWN = 64;
const known = new Map();

const KEEPS = 1; // the place of the gate that keeps among those of an LSTM, i, f, g, o, and of a GRU, r, z, n

/**
 * @param {string} cell
 * @param {object} settings Those of settings.js; null where something is as drawn.
 * @returns {{cell: string, nonlinearity: string, weights: CellWeights, inputs: Float64Array, radius: ?number}} `radius` is the
 *   spectral radius of an RNN's recurrent matrix, as it is in the end.
 */
export function drawNetwork(cell, { steps, units, start, activation, radius, forget, update, seed }) {
  const drawn = remembered([cell, steps, units, start, seed], () => drawnAt(cell, { steps, units, start, seed }));
  const own = drawn.weights;
  const weights = { ...own, fromH: own.fromH.slice(), biasX: own.biasX.slice(), biasH: own.biasH.slice() };
  const blocks = blocksOf(weights.fromH, units);
  const radii = cell === "rnn" || radius !== null ? remembered(["radii", cell, steps, units, start, seed], () => blocks.map(spectralRadius)) : [];
  if (radius !== null) blocks.forEach((block, gate) => scale(block, radius / radii[gate]));
  if (cell === "lstm" && forget !== null) setBias(weights, KEEPS, () => forget);
  if (cell === "gru" && update !== null) setBias(weights, KEEPS, () => update);
  const nonlinearity = cell === "rnn" ? activation : "tanh";
  return { cell, nonlinearity, weights, inputs: drawn.inputs, radius: cell === "rnn" ? (radius ?? radii[0]) : null };
}

/** What has been drawn: under a slider only what it changes is done anew. */
function remembered(names, make) {
  const name = names.join(" ");
  if (!known.has(name)) {
    if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value);
    known.set(name, make());
  }
  return known.get(name);
}

function drawnAt(cell, { steps, units, start, seed }) {
  const random = createGenerator(seed);
  const rows = GATES[cell] * units;
  const bound = units ** -0.5;
  const uniform = (count) => Float64Array.from({ length: count }, () => random() * 2 * bound - bound);
  const [fromX, fromH, biasX, biasH] = [rows * INPUT_SIZE, rows * units, rows, rows].map(uniform);
  const weights = { units, width: INPUT_SIZE, fromX, fromH, biasX, biasH };
  const inputs = normal(steps * INPUT_SIZE, random);
  initialise(cell, { weights, blocks: blocksOf(fromH, units), steps, start, random });
  return { weights, inputs };
}

/** The recurrent matrix of each gate, in the same memory. */
function blocksOf(fromH, units) {
  const size = units ** 2;
  return Array.from({ length: fromH.length / size }, (_, gate) => fromH.subarray(gate * size, (gate + 1) * size));
}

function initialise(cell, { weights, blocks, steps, start, random }) {
  const { units } = weights;
  if (start === "orthogonal") {
    for (const block of blocks) block.set(orthonormal(normal(units * units, random), units));
  } else if (start === "identity") {
    for (const block of blocks) block.forEach((_, at) => (block[at] = Number(at % (units + 1) === 0)));
    weights.biasX.fill(0);
    weights.biasH.fill(0);
  } else if (start === "chrono" && cell !== "rnn") {
    const keeps = Float64Array.from({ length: units }, () => Math.log(1 + random() * Math.max(0, steps - 2)));
    setBias(weights, KEEPS, (unit) => keeps[unit]);
    if (cell === "lstm") setBias(weights, 0, (unit) => -keeps[unit]);
  }
}

/** The sum of a gate's two biases: all of it in one, zero in the other. */
function setBias({ units, biasX, biasH }, gate, valueOf) {
  for (let unit = 0; unit < units; unit++) biasX[gate * units + unit] = valueOf(unit);
  biasH.fill(0, gate * units, (gate + 1) * units);
}

/** Standard normal numbers by Box and Muller, one of each pair of uniform ones. */
function normal(count, random) {
  const first = Float64Array.from({ length: count }, random);
  return first.map((value) => Math.sqrt(-2 * Math.log1p(-value)) * Math.cos(2 * Math.PI * random()));
}

function scale(values, factor) {
  for (let i = 0; i < values.length; i++) values[i] *= factor;
}

/** Each row made orthogonal to those above it, and of length 1 (Gram and Schmidt, twice against rounding). */
function orthonormal(values, size) {
  const row = (at) => values.subarray(at * size, (at + 1) * size);
  for (let at = 0; at < size; at++) {
    const own = row(at);
    for (let turn = 0; turn < 2; turn++) {
      const along = Array.from({ length: at }, (_, above) => dot(row(above), own));
      along.forEach((share, above) => row(above).forEach((value, i) => (own[i] -= share * value)));
    }
    scale(own, 1 / Math.sqrt(dot(own, own)));
  }
  return values;
}

function dot(one, other) {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i] * other[i];
  return sum;
}
