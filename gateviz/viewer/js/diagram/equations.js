// Each signal's equation with the numbers of one unit at one step put in: two or three lines, each a list of terms.

import { current, part, plus, previous, quiet, result, roundedSummands, symbol, weight } from "./equation_terms.js";

const ROUNDING = 0.002; // numbers are sent to four digits; what is further off is held

/**
 * @typedef {object} UnitReader The numbers of one unit at one step.
 * @property {(signal: string) => number} now
 * @property {(signal: string) => number} before At the step that was read before; 0 before the first.
 * @property {(signal: string) => ?object} sum The gate's sum in its parts, or null: see gate_sums.js.
 * @property {string} heldAt What is said before the value of a signal that a hand holds.
 * @property {"tanh"|"relu"} squash What a plain RNN's sum goes through.
 * @property {"t−1"|"t+1"} earlier How the step before is written.
 */

/** (cell, signal, UnitReader) -> lines of terms. */
export function equationOf(cell, signal, at) {
  return EQUATIONS[cell][signal](at);
}

const EQUATIONS = {
  rnn: { hidden_state: (at) => sumEquation(at, "h", "hidden_state", at.squash, "") },
  lstm: {
    forget_gate: (at) => sumEquation(at, "f", "forget_gate", "σ"),
    input_gate: (at) => sumEquation(at, "i", "input_gate", "σ"),
    candidate: (at) => sumEquation(at, "g", "candidate", "tanh"),
    output_gate: (at) => sumEquation(at, "o", "output_gate", "σ"),
    cell_state: cellState,
    hidden_state: lstmHiddenState,
  },
  gru: {
    update_gate: (at) => sumEquation(at, "z", "update_gate", "σ"),
    reset_gate: (at) => sumEquation(at, "r", "reset_gate", "σ"),
    candidate: gruCandidate,
    hidden_state: gruHiddenState,
  },
};

/** y = squash(W x + U h + b), with the three parts of the sum where they are known. */
function sumEquation(at, letter, signal, squash, index = letter) {
  const first = [
    symbol(letter), ` = ${squash}(`, weight("W", index), " ", symbol("x"), " + ", weight("U", index), " ", symbol("h", at.earlier), " + ", weight("b", index), ")",
  ];
  return [first, ...sumLines(at, signal, squash, (sum) => {
    const [inputs, recurrent, bias] = roundedSummands([sum.inputs, sum.recurrent, sum.bias], sum.total, 2);
    return [part("inputs", inputs, 2), ...plus("recurrent", recurrent, 2), ...plus("bias", bias, 2)];
  })];
}

/** n = tanh(W x + b + r (U h + b)): PyTorch applies the reset gate after the product. */
function gruCandidate(at) {
  const first = [
    symbol("n"), " = tanh(", weight("W", "n"), " ", symbol("x"), " + ", weight("b", "n"),
    " + ", symbol("r"), " (", weight("U", "n"), " ", symbol("h", at.earlier), " + ", weight("b", "hn"), "))",
  ];
  return [first, ...sumLines(at, "candidate", "tanh", (sum) => {
    const [recurrent, recurrentBias] = roundedSummands([sum.recurrent, sum.recurrentBias], sum.recurrent + sum.recurrentBias, 2);
    const inner = [part("recurrent", recurrent, 2), ...plus("recurrent_bias", recurrentBias, 2)];
    return [part("inputs", sum.inputs, 2), ...plus("bias", sum.bias, 2), " + ", current("reset_gate", at.now("reset_gate")), " × (", ...inner, ")"];
  })];
}

/** The summands, and what their sum becomes. What is missing while the weights are on their way is said in the room of the summands. */
function sumLines(at, signal, squash, summands) {
  const sum = at.sum(signal);
  if (!sum) return [[" = ", result(signal, at.now(signal))]];
  if (sum.missing) return [[quiet(sum.missing)], [` = ${squash}(`, quiet("…", "number"), ") = ", result(signal, at.now(signal))]];
  return [[` = ${squash}(`, ...summands(sum), ")"], [` = ${squash}(`, part("total", sum.total, 2), ")", ...outcome(at, signal, sum.value)]];
}

/** What the equation gives: the value that is shown, or, of a signal that a hand holds, what would have come. */
function given(at, signal, computed) {
  const value = at.now(signal);
  return Math.abs(computed - value) > ROUNDING * Math.max(1, Math.abs(value)) ? computed : value;
}

/** " = 0.731"; or, of a signal that is held, what would have come and at what it is held. */
function outcome(at, signal, computed) {
  const value = at.now(signal);
  const free = given(at, signal, computed);
  return [" = ", ...(Object.is(free, value) ? [] : [part("computed", free), at.heldAt]), result(signal, value)];
}

/** c = f c + i g */
function cellState(at) {
  const [f, i, g, c] = [at.now("forget_gate"), at.now("input_gate"), at.now("candidate"), at.before("cell_state")];
  const computed = f * c + i * g;
  const [kept, written] = roundedSummands([f * c, i * g], given(at, "cell_state", computed), 3);
  return [
    [symbol("c"), " = ", symbol("f"), " ", symbol("c", at.earlier), " + ", symbol("i"), " ", symbol("g")],
    [" = ", current("forget_gate", f), " × ", previous("cell_state", c), " + ", current("input_gate", i), " × ", current("candidate", g)],
    [" = ", part("kept", kept), ...plus("written", written), ...outcome(at, "cell_state", computed)],
  ];
}

/** h = o tanh(c) */
function lstmHiddenState(at) {
  const [o, c] = [at.now("output_gate"), at.now("cell_state")];
  return [
    [symbol("h"), " = ", symbol("o"), " tanh(", symbol("c"), ")"],
    [" = ", current("output_gate", o), " × tanh(", current("cell_state", c), ")"],
    [" = ", current("output_gate", o), " × ", part("squashed", Math.tanh(c)), ...outcome(at, "hidden_state", o * Math.tanh(c))],
  ];
}

/** h = (1 - z) n + z h */
function gruHiddenState(at) {
  const [z, n, h] = [at.now("update_gate"), at.now("candidate"), at.before("hidden_state")];
  const computed = (1 - z) * n + z * h;
  const [renewed, kept] = roundedSummands([(1 - z) * n, z * h], given(at, "hidden_state", computed), 3);
  return [
    [symbol("h"), " = (1 − ", symbol("z"), ") ", symbol("n"), " + ", symbol("z"), " ", symbol("h", at.earlier)],
    [" = (1 − ", current("update_gate", z), ") × ", current("candidate", n), " + ", current("update_gate", z), " × ", previous("hidden_state", h)],
    [" = ", part("renewed", renewed), ...plus("kept", kept), ...outcome(at, "hidden_state", computed)],
  ];
}
