// An equation of a source as lines of terms: in symbols with their shapes, and with the numbers of one unit put in.

import { part, plus, result, roundedSummands } from "../diagram/equation_terms.js";
import { isBias, isMatrix, isOfInput } from "./evaluate.js";

const PLACES = 4;
const CLOSING = "\u2060)"; // it stays in the line of what stands before it

/** A number that stands for all that the node computes. */
const isNumber = ({ kind }) => kind === "symbol" || kind === "matmul";

/** "f_t = σ(...)": a symbol is {symbol: Node, shape}, where the shape is that of its vector or matrix. */
export function symbolLine({ left, right }, form, sizes) {
  const vector = (size) => (form.vectors === "row" ? `1×${size}` : String(size));
  const matrix = (rows, columns) => (form.vectors === "row" ? `${columns}×${rows}` : `${rows}×${columns}`);
  const shapeOf = (node, product) => {
    const isInput = product ? isOfInput(product) : false;
    if (isMatrix(node)) return matrix(sizes.units, isInput ? sizes.width : sizes.units);
    return vector(isInput ? sizes.width : sizes.units);
  };
  const leaf = (node, product) => [{ symbol: node, shape: shapeOf(node, product) }];
  return [...leaf(left, null), " = ", ...spread(right, leaf)];
}

/** The parts of a tree in the order in which they are written; `leaf(symbol, product)` writes a symbol, of a matrix product too. */
function spread(node, leaf, product = null) {
  const inner = (each) => spread(each, leaf);
  if (node.kind === "one") return ["1"];
  if (node.kind === "symbol") return leaf(node, product);
  if (node.kind === "group") return ["(", ...inner(node.inner), CLOSING];
  if (node.kind === "call") return [`${node.name}(`, ...inner(node.inner), CLOSING];
  if (node.kind === "matmul") return between(node.factors.map((factor) => spread(factor, leaf, node)), "\u2009");
  if (node.kind === "product") return between(node.factors.map(inner), " ⊙ ");
  return node.terms.flatMap(({ sign, node: term }, at) => [...(at ? [sign > 0 ? " + " : " − "] : []), ...inner(term)]);
}

function between(lists, sign) {
  return lists.flatMap((list, at) => (at ? [sign, ...list] : list));
}

/**
 * The lines with numbers: every part, then what is left to do, then the result.
 * @param {{signal: string, left: Node, right: Node}} equation
 * @param {(node: Node) => number} at The node's value for the unit.
 */
export function numberLines({ signal, left, right }, at) {
  const end = [" = ", { ...result(signal, at(left)), places: PLACES }];
  const lines = [[" = ", ...numbers(right, at)]];
  if (right.kind === "call") lines.push([` = ${right.name}(`, part("total", at(right.inner), PLACES), ")", ...end]);
  else if (right.kind === "sum") lines.push([" = ", ...addends(right, at), ...end]);
  else lines.push([" = ", ...between(right.factors.map((factor) => [number(factor, at)]), " × "), ...end]);
  return lines;
}

function number(node, at) {
  return part(nameOf(node), at(node), PLACES);
}

/** What a number is: the data attribute by which a test and a style sheet find it. */
function nameOf(node) {
  if (node.kind === "matmul") return isOfInput(node) ? "inputs" : "recurrent";
  if (node.kind !== "symbol") return node.kind;
  return isBias(node) ? "bias" : node.name;
}

function numbers(node, at) {
  if (node.kind === "one") return ["1"];
  if (isNumber(node)) return [number(node, at)];
  if (node.kind === "group") return ["(", ...numbers(node.inner, at), ")"];
  if (node.kind === "call") return [`${node.name}(`, ...numbers(node.inner, at), ")"];
  if (node.kind === "product") return between(node.factors.map((factor) => numbers(factor, at)), " × ");
  if (node.terms.every((term) => isNumber(term.node) && term.sign > 0)) return addends(node, at);
  return node.terms.flatMap(({ sign, node: term }, place) => (place ? further(sign, term, at) : numbers(term, at)));
}

/** A term that is not the first. */
function further(sign, term, at) {
  if (!isNumber(term)) return [sign > 0 ? " + " : " − ", ...numbers(term, at)];
  return sign > 0 ? plus(nameOf(term), at(term), PLACES) : [" − ", number(term, at)];
}

/** Summands that add up to the sum to the last digit that is shown. */
function addends(sum, at) {
  const values = sum.terms.map(({ sign, node }) => sign * at(node));
  const rounded = roundedSummands(values, at(sum), PLACES);
  return sum.terms.flatMap(({ node }, place) => (place ? plus(nameOf(node), rounded[place], PLACES) : [part(nameOf(node), rounded[place], PLACES)]));
}

/** The symbols of an equation that two sources write differently: z beside the old state, and r beside the matrix product. */
export function marksOf({ signal, right }, form) {
  const symbolOf = (gate) => form.gates[gate];
  if (form.update && signal === "hidden_state") return { kind: `z_${form.update}`, symbol: symbolOf("update_gate") };
  if (form.reset && signal === "candidate" && right.kind === "call") return { kind: `r_${form.reset}`, symbol: symbolOf("reset_gate") };
  return null;
}

