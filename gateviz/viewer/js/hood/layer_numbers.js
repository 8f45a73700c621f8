// The numbers of one layer and direction: its weights, what it reads, and its states at each step, as app/computed/hood has
// packed them.

import { SIGNALS } from "../engine/cells.js";

/**
 * @typedef {object} GateWeights One gate's part of the weights, row by row.
 * @property {Float32Array} wx (units * width)
 * @property {Float32Array} wh (units * units)
 * @property {Float32Array} bx (units)
 * @property {Float32Array} bh (units)
 *
 * @typedef {object} Layer
 * @property {string} cell
 * @property {number} steps
 * @property {number} units
 * @property {(step: number) => Object<string, GateWeights>} gates By signal; a decoder has weights of its own.
 * @property {(step: number) => number} width How many numbers the layer reads at a step.
 * @property {(step: number) => Float32Array} input
 * @property {(signal: string, step: number) => Float32Array} state "hidden_state" or "cell_state".
 * @property {(signal: string, step: number) => Float32Array} before The state of the step that was read before; zeros at first.
 */

/** @returns {Layer} */
export function createLayer({ header, arrays }) {
  const { cell, units, stretches, reverse } = header.layer;
  const steps = header.tokens.length;
  const stretchAt = (step) => stretches.findLast(({ from }) => from <= step);
  const state = (signal, step) => arrays[signal].subarray(step * units, (step + 1) * units);
  const nothing = new Float32Array(units);
  const gates = stretches.map(({ name, width }) => gatesOf(cell, units, width, (array) => arrays[`${name}.${array}`]));
  return {
    cell, steps, units, state,
    gates: (step) => gates[stretches.indexOf(stretchAt(step))],
    width: (step) => stretchAt(step).width,
    input: (step) => {
      const { name, from, width } = stretchAt(step);
      return arrays[`${name}.inputs`].subarray((step - from) * width, (step - from + 1) * width);
    },
    before: (signal, step) => {
      const earlier = reverse ? step + 1 : step - 1;
      return earlier < 0 || earlier >= steps ? nothing : state(signal, earlier);
    },
  };
}

/** The steps in the order in which the layer reads them. */
export function readingOrder({ tokens, layer }) {
  const steps = tokens.map((_, step) => step);
  return layer.reverse ? steps.reverse() : steps;
}

/** The names of the gates and the candidate, in the order in which PyTorch stacks their rows. */
export function gateNames(cell) {
  return SIGNALS[cell].filter((signal) => !signal.endsWith("_state"));
}

function gatesOf(cell, units, width, array) {
  const rows = (name, columns, at) => array(name).subarray(at * units * columns, (at + 1) * units * columns);
  return Object.fromEntries(gateNames(cell).map((signal, at) => [
    signal,
    { wx: rows("weight_ih", width, at), wh: rows("weight_hh", units, at), bx: rows("bias_ih", 1, at), bh: rows("bias_hh", 1, at) },
  ]));
}
