import assert from "node:assert/strict";
import { test } from "node:test";

import { roundedSummands } from "../../../../../gateviz/viewer/js/diagram/equation_terms.js";
import { equationOf } from "../../../../../gateviz/viewer/js/diagram/equations.js";
import { decimals } from "../../../../../gateviz/viewer/js/format/numbers.js";

const SIGNALS = {
  rnn: ["hidden_state"],
  lstm: ["forget_gate", "input_gate", "candidate", "output_gate", "cell_state", "hidden_state"],
  gru: ["update_gate", "reset_gate", "candidate", "hidden_state"],
};

/** A line as a person reads it, indices in brackets. */
const read = (line) => line.map((term) => {
  if (typeof term === "string") return term;
  if (term.letter) return term.letter + (term.index ? `[${term.index}]` : "");
  if (term.quiet) return term.quiet;
  return decimals(term.shown ?? term.value, term.places);
}).join("");

const reader = (now, { before = {}, sums = {}, earlier = "t−1", squash = "tanh" } = {}) => ({
  now: (signal) => now[signal], before: (signal) => before[signal] ?? 0, sum: (signal) => sums[signal] ?? null, earlier, squash, heldAt: ", held at ",
});

/** Numbers between -1 and 1, the same at each run. */
function* numbers(state = 7) {
  for (;;) {
    state = (state * 48271) % 2147483647;
    yield (2 * state) / 2147483647 - 1;
  }
}

test("an LSTM's cell state is what is kept plus what is written", () => {
  const now = { forget_gate: 0.5, input_gate: 1, candidate: -0.25, cell_state: 0.25 };
  const lines = equationOf("lstm", "cell_state", reader(now, { before: { cell_state: 1 } })).map(read);
  assert.deepEqual(lines, ["c[t] = f[t] c[t−1] + i[t] g[t]", " = 0.500 × 1.000 + 1.000 × −0.250", " = 0.500 − 0.250 = 0.250"]);
});

test("an LSTM's hidden state is the output gate times tanh of the cell state", () => {
  const lines = equationOf("lstm", "hidden_state", reader({ output_gate: 0.5, cell_state: 1, hidden_state: 0.5 * Math.tanh(1) })).map(read);
  assert.deepEqual(lines, ["h[t] = o[t] tanh(c[t])", " = 0.500 × tanh(1.000)", " = 0.500 × 0.762 = 0.381"]);
});

test("a GRU keeps by z, in PyTorch's sign", () => {
  const now = { update_gate: 1, candidate: 0.9, hidden_state: -0.4 };
  const lines = equationOf("gru", "hidden_state", reader(now, { before: { hidden_state: -0.4 } })).map(read);
  assert.deepEqual(lines, ["h[t] = (1 − z[t]) n[t] + z[t] h[t−1]", " = (1 − 1.000) × 0.900 + 1.000 × −0.400", " = 0.000 − 0.400 = −0.400"]);
});

test("a gate's sum stands in its parts, with the function that it goes through", () => {
  const sums = { forget_gate: { inputs: 1, recurrent: -0.5, bias: 0.25, total: 0.75, value: 0.679 }, hidden_state: { inputs: 1, recurrent: 2, bias: -1, total: 2, value: 2 } };
  const lines = equationOf("lstm", "forget_gate", reader({ forget_gate: 0.679 }, { sums })).map(read);
  assert.deepEqual(lines, ["f[t] = σ(W[f] x[t] + U[f] h[t−1] + b[f])", " = σ(1.00 − 0.50 + 0.25)", " = σ(0.75) = 0.679"]);
  const relu = equationOf("rnn", "hidden_state", reader({ hidden_state: 2 }, { sums, squash: "relu" })).map(read);
  assert.deepEqual(relu, ["h[t] = relu(W x[t] + U h[t−1] + b)", " = relu(1.00 + 2.00 − 1.00)", " = relu(2.00) = 2.000"]);
});

test("a GRU's reset gate is applied after the product, beside a bias of its own", () => {
  const sums = { candidate: { inputs: 1, bias: -0.5, recurrent: 2, recurrentBias: -1, total: 1, value: Math.tanh(1) } };
  const lines = equationOf("gru", "candidate", reader({ reset_gate: 0.5, candidate: Math.tanh(1) }, { sums })).map(read);
  assert.deepEqual(lines, [
    "n[t] = tanh(W[n] x[t] + b[n] + r[t] (U[n] h[t−1] + b[hn]))",
    " = tanh(1.00 − 0.50 + 0.500 × (2.00 − 1.00))",
    " = tanh(1.00) = 0.762",
  ]);
});

test("a layer that reads from the end has t+1 before t", () => {
  for (const [cell, signals] of Object.entries(SIGNALS)) {
    const texts = signals.map((signal) => equationOf(cell, signal, reader({}, { earlier: "t+1" })).map(read).join());
    assert.ok(texts.some((text) => text.includes("h[t+1]")));
    assert.ok(texts.every((text) => !text.includes("t−1")));
  }
});

test("where the sum is not known, the equation has its letters and its result", () => {
  for (const signal of ["forget_gate", "candidate"]) {
    const lines = equationOf("lstm", signal, reader({ [signal]: 0.5 }));
    assert.equal(lines.length, 2);
    assert.equal(read(lines[1]), " = 0.500");
  }
});

test("while the weights are on their way the lines are there, and say so", () => {
  for (const signal of ["forget_gate", "candidate"]) {
    const lines = equationOf("lstm", signal, reader({ [signal]: 0.5 }, { sums: { [signal]: { missing: "on their way" } } })).map(read);
    assert.equal(lines.length, 3);
    assert.deepEqual(lines.slice(1), ["on their way", ` = ${signal === "candidate" ? "tanh" : "σ"}(…) = 0.500`]);
  }
});

test("of a signal that a hand holds stands what would have come, and at what it is held", () => {
  const sums = { forget_gate: { inputs: 1, recurrent: -0.5, bias: 0.25, total: 0.75, value: 0.6792 } };
  assert.equal(equationOf("lstm", "forget_gate", reader({ forget_gate: 0 }, { sums })).map(read)[2], " = σ(0.75) = 0.679, held at 0.000");
  const cell = { forget_gate: 0.5, input_gate: 1, candidate: -0.25, cell_state: 2 };
  assert.equal(equationOf("lstm", "cell_state", reader(cell, { before: { cell_state: 1 } })).map(read)[2], " = 0.500 − 0.250 = 0.250, held at 2.000");
  const hidden = { output_gate: 0.5, cell_state: 1, hidden_state: -1 };
  assert.equal(equationOf("lstm", "hidden_state", reader(hidden)).map(read)[2], " = 0.500 × 0.762 = 0.381, held at −1.000");
  const kept = { update_gate: 1, candidate: 0.9, hidden_state: 0 };
  assert.equal(equationOf("gru", "hidden_state", reader(kept, { before: { hidden_state: -0.4 } })).map(read)[2], " = 0.000 − 0.400 = −0.400, held at 0.000");
});

test("a number that has not come is a dash", () => {
  const lines = equationOf("lstm", "cell_state", reader({ forget_gate: NaN, input_gate: NaN, candidate: NaN, cell_state: NaN }));
  assert.equal(read(lines[2]), " = – + – = –");
});

test("rounded summands add up to the rounded total, and none is a whole last digit off but the largest", () => {
  const next = numbers();
  for (let turn = 0; turn < 2000; turn++) {
    const places = turn % 2 ? 2 : 3;
    const values = Array.from({ length: 2 + (turn % 3) }, () => 4 * next.next().value);
    const total = values.reduce((sum, value) => sum + value, 0);
    const summands = roundedSummands(values, total, places);
    assert.equal(decimals(summands.reduce((sum, { shown }) => sum + shown, 0), places), decimals(total, places));
    const largest = Math.max(...values.map(Math.abs));
    for (const { exact, shown } of summands) {
      const slack = (Math.abs(exact) === largest ? values.length : 0.5) * 10 ** -places;
      assert.ok(Math.abs(exact - shown) <= slack + 1e-9, `${exact} ${shown}`);
    }
  }
});
