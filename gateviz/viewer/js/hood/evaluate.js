// A step of a cell by the equations as a source writes them: what each part of each equation is, for all units.

import { sigmoid } from "../engine/cells.js";
import { readEquation } from "./latex.js";

/**
 * @typedef {object} Form A form of textbook/conventions.py, with its equations read.
 * @property {string} name
 * @property {Object<string, string>} gates Signal -> the source's symbol, in the order in which the source stores the weights.
 * @property {"keeps"|"replaces"|null} update
 * @property {"after"|"before"|null} reset
 * @property {number} biases
 * @property {"column"|"row"} vectors
 * @property {{signal: string, left: Node, right: Node}[]} steps
 */

/** @returns {Form} */
export function readForm(form) {
  const steps = form.equations.map(readEquation).map((equation) => ({ ...equation, signal: signalOf(form, equation) }));
  return { ...form, steps };
}

/** Whether a symbol is a matrix of weights; R is one too, if it is not a reset gate at step t. */
export function isMatrix({ kind, parts }) {
  return kind === "symbol" && "WUR".includes(parts.letter) && parts.index !== "t";
}

/** Whether a symbol is a bias. */
export function isBias({ kind, parts }) {
  return kind === "symbol" && parts.letter === "b";
}

/** Of a matrix product: the matrix, and the vector that it multiplies, on whichever side it stands. */
function sidesOf({ factors: [first, second] }) {
  return isMatrix(first) ? { matrix: first, vector: second } : { matrix: second, vector: first };
}

/** Whether a matrix product is of what the cell reads, and not of its state. */
export function isOfInput(node) {
  return sidesOf(node).vector.parts?.letter.toLowerCase() === "x";
}

/** The signal of the gate that a weight belongs to: its index ends in the gate's symbol. Without an index it is the candidate's. */
function gateOfWeight({ gates }, { parts }) {
  const symbol = parts.index.at(-1);
  const found = Object.keys(gates).find((signal) => gates[signal] === symbol);
  return found ?? Object.keys(gates).find((signal) => !signal.endsWith("_gate"));
}

/** What the left side of an equation is: a gate or a candidate if the right side is made of its weights, or a state. */
function signalOf(form, { left, right }) {
  if (left.name === form.state) return "hidden_state";
  const weight = right.kind === "call" ? findWeight(right) : null;
  return weight ? gateOfWeight(form, weight) : "cell_state";
}

function findWeight(node) {
  if (isMatrix(node)) return node;
  const parts = [node.inner, ...(node.terms ?? []).map((term) => term.node), ...(node.factors ?? [])].filter(Boolean);
  return parts.map(findWeight).find(Boolean) ?? null;
}

/**
 * The weights that a source's network has in the place of PyTorch's: where z is one minus PyTorch's, its weights change sign.
 * @param {Object<string, GateWeights>} gates By signal, as PyTorch has them.
 */
export function gatesIn(form, gates) {
  return form.update === "replaces" ? { ...gates, update_gate: negated(gates.update_gate) } : gates;
}

/** Weights of the opposite sign: sigmoid(-a) = 1 - sigmoid(a). */
export function negated(weights) {
  return Object.fromEntries(Object.entries(weights).map(([name, values]) => [name, values.map((value) => -value)]));
}

/** What a step starts from: what the layer reads, and its states before. */
export function givenAt(layer, step) {
  const states = { x: layer.input(step), h: layer.before("hidden_state", step) };
  return layer.cell === "lstm" ? { ...states, c: layer.before("cell_state", step) } : states;
}

/**
 * One step.
 * @param {Form} form
 * @param {Object<string, GateWeights>} gates Those of gatesIn().
 * @param {{x: ArrayLike<number>, h: ArrayLike<number>, c: ?ArrayLike<number>}} given What is read, and the states before.
 * @returns {{values: Map<Node, Float64Array>, signals: Object<string, Float64Array>}} The value of each node but matrices, for
 *   all units; and what each equation gives, by signal.
 */
export function evaluateStep(form, gates, given) {
  const units = given.h.length;
  const values = new Map();
  const known = new Map();
  const signals = {};
  const run = new Step(form, gates, given, { units, values, known });
  for (const { signal, left, right } of form.steps) {
    signals[signal] = run.value(right);
    known.set(left.name, signals[signal]);
    values.set(left, signals[signal]);
  }
  return { values, signals };
}

class Step {
  #form;
  #gates;
  #given;
  #units;
  #values;
  #known;

  constructor(form, gates, given, { units, values, known }) {
    [this.#form, this.#gates, this.#given, this.#units, this.#values, this.#known] = [form, gates, given, units, values, known];
  }

  value(node) {
    const found = this.#compute(node);
    this.#values.set(node, found);
    return found;
  }

  #compute(node) {
    if (node.kind === "one") return this.#each(() => 1);
    if (node.kind === "group") return this.value(node.inner);
    if (node.kind === "matmul") return this.#product(node);
    if (node.kind === "symbol") return this.#symbol(node);
    if (node.kind === "call") {
      const inner = this.value(node.inner);
      const squash = node.name === "σ" ? sigmoid : Math.tanh;
      return this.#each((unit) => squash(inner[unit]));
    }
    const parts = node.kind === "sum" ? node.terms.map((term) => this.value(term.node)) : node.factors.map((factor) => this.value(factor));
    if (node.kind === "product") return this.#each((unit) => parts.reduce((product, part) => product * part[unit], 1));
    return this.#each((unit) => parts.reduce((sum, part, at) => sum + node.terms[at].sign * part[unit], 0));
  }

  #symbol(node) {
    if (isBias(node)) return this.#bias(node);
    const before = { h: this.#given.h, c: this.#given.c }[node.parts.letter.toLowerCase()];
    return node.parts.index === "t-1" ? Float64Array.from(before) : this.#known.get(node.name);
  }

  /** Where a source has one bias, it is the sum of PyTorch's two; where it has two, a prime or an index that begins with h or R marks the state's. */
  #bias(node) {
    const { bx, bh } = this.#gates[gateOfWeight(this.#form, node)];
    if (this.#form.biases === 1) return this.#each((unit) => bx[unit] + bh[unit]);
    const isOfState = node.parts.prime || /^[hR]./.test(node.parts.index);
    return Float64Array.from(isOfState ? bh : bx);
  }

  #product(node) {
    const { matrix, vector } = sidesOf(node);
    const { wx, wh } = this.#gates[gateOfWeight(this.#form, matrix)];
    const isInput = isOfInput(node);
    const [rows, read] = isInput ? [wx, this.#given.x] : [wh, this.value(vector)];
    const width = read.length;
    return this.#each((unit) => {
      let sum = 0;
      for (let column = 0; column < width; column++) sum += rows[unit * width + column] * read[column];
      return sum;
    });
  }

  #each(compute) {
    return Float64Array.from({ length: this.#units }, (_, unit) => compute(unit));
  }
}
