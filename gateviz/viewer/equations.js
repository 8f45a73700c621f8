// Each signal's equation, with the numbers of one unit at one step put in, as two or three lines of typeset pieces.

/** `at` answers for one unit and step: now(signal), before(signal), sum(signal) or null; `squash` is an RNN's "tanh" or "relu", `earlier` is "t−1" or "t+1". */
const EQUATIONS = {
  rnn: { hidden_state: (at) => sumEquation(at, "h", "hidden_state", at.squash, "") },
  lstm: {
    forget_gate: (at) => sumEquation(at, "f", "forget_gate", "σ"),
    input_gate: (at) => sumEquation(at, "i", "input_gate", "σ"),
    candidate: (at) => sumEquation(at, "g", "candidate", "tanh"),
    output_gate: (at) => sumEquation(at, "o", "output_gate", "σ"),
    cell_state: (at) => {
      const [f, i, g, c] = [at.now("forget_gate"), at.now("input_gate"), at.now("candidate"), at.before("cell_state")];
      const result = at.now("cell_state");
      const [kept, written] = addends([f * c, i * g], result, 3);
      return [
        [sym("c"), " = ", sym("f"), " ", sym("c", at.earlier), " + ", sym("i"), " ", sym("g")],
        [" = ", given("forget_gate", f), " × ", before("cell_state", c), " + ", given("input_gate", i), " × ", given("candidate", g)],
        [" = ", part("kept", kept), ...plus("written", written), " = ", outcome("cell_state", result)],
      ];
    },
    hidden_state: (at) => {
      const [o, c, result] = [at.now("output_gate"), at.now("cell_state"), at.now("hidden_state")];
      return [
        [sym("h"), " = ", sym("o"), " tanh(", sym("c"), ")"],
        [" = ", given("output_gate", o), " × tanh(", given("cell_state", c), ")"],
        [" = ", given("output_gate", o), " × ", part("squashed", Math.tanh(c)), " = ", outcome("hidden_state", result)],
      ];
    },
  },
  gru: {
    update_gate: (at) => sumEquation(at, "z", "update_gate", "σ"),
    reset_gate: (at) => sumEquation(at, "r", "reset_gate", "σ"),
    candidate: (at) => {
      const [r, sum, result] = [at.now("reset_gate"), at.sum("candidate"), at.now("candidate")];
      const first = [
        sym("n"), " = tanh(", weight("W", "n"), " ", sym("x"), " + ", weight("b", "n"),
        " + ", sym("r"), " (", weight("U", "n"), " ", sym("h", at.earlier), " + ", weight("b", "hn"), "))",
      ];
      if (!sum) return [first, [" = ", outcome("candidate", result)]];
      const [recurrent, recurrentBias] = addends([sum.recurrent, sum.recurrentBias], sum.recurrent + sum.recurrentBias, 2);
      const inner = [part("recurrent", recurrent, 2), ...plus("recurrent_bias", recurrentBias, 2)];
      return [
        first,
        [" = tanh(", part("inputs", sum.inputs, 2), ...plus("bias", sum.bias, 2), " + ", given("reset_gate", r), " × (", ...inner, "))"],
        [" = tanh(", part("total", sum.total, 2), ") = ", outcome("candidate", result)],
      ];
    },
    hidden_state: (at) => {
      const [z, n, h, result] = [at.now("update_gate"), at.now("candidate"), at.before("hidden_state"), at.now("hidden_state")];
      const [renewed, kept] = addends([(1 - z) * n, z * h], result, 3);
      return [
        [sym("h"), " = (1 − ", sym("z"), ") ", sym("n"), " + ", sym("z"), " ", sym("h", at.earlier)],
        [" = (1 − ", given("update_gate", z), ") × ", given("candidate", n), " + ", given("update_gate", z), " × ", before("hidden_state", h)],
        [" = ", part("renewed", renewed), ...plus("kept", kept), " = ", outcome("hidden_state", result)],
      ];
    },
  },
};

/** y = squash(W x + U h + b), with the three parts of the sum where they are known. */
function sumEquation(at, letter, signal, squash, index = letter) {
  const [sum, result] = [at.sum(signal), at.now(signal)];
  const first = [
    sym(letter), ` = ${squash}(`, weight("W", index), " ", sym("x"), " + ", weight("U", index), " ", sym("h", at.earlier), " + ", weight("b", index), ")",
  ];
  if (!sum) return [first, [" = ", outcome(signal, result)]];
  const [inputs, recurrent, bias] = addends([sum.inputs, sum.recurrent, sum.bias], sum.total, 2);
  return [
    first,
    [` = ${squash}(`, part("inputs", inputs, 2), ...plus("recurrent", recurrent, 2), ...plus("bias", bias, 2), ")"],
    [` = ${squash}(`, part("total", sum.total, 2), ") = ", outcome(signal, result)],
  ];
}

/** The numbers as they are shown, adding up to the last digit: the largest takes what rounding has left over. */
function addends(values, total, places) {
  const unit = 10 ** -places;
  const steps = values.map((value) => Math.round(value / unit));
  const largest = values.reduce((best, value, index) => (Math.abs(value) > Math.abs(values[best]) ? index : best), 0);
  steps[largest] += Math.round(total / unit) - steps.reduce((sum, value) => sum + value, 0);
  return values.map((exact, index) => ({ exact, shown: steps[index] * unit }));
}

// Pieces of a line: a string as it stands, or one of these.
const sym = (letter, index = "t") => ({ letter, index });
const weight = (letter, index) => ({ letter, index });
const given = (signal, value) => ({ signal, value, places: 3 });
const before = (signal, value) => ({ part: `previous_${signal}`, value, places: 3 });
const part = (name, value, places = 3) => ({ part: name, value: value.exact ?? value, shown: value.shown, places });
const outcome = (signal, value) => ({ signal, part: "result", value, places: 3 });
/** " + 0.45" or " − 0.45": a summand's sign stands apart from it. */
function plus(name, value, places = 3) {
  const shown = value.shown ?? value;
  const negative = decimals(shown, places).startsWith(MINUS);
  return [negative ? ` ${MINUS} ` : " + ", { ...part(name, value, places), shown: Math.abs(shown) }];
}

function typeset(piece, cell, unit) {
  if (typeof piece === "string") return piece;
  if (piece.letter) {
    const index = piece.index && make("sub", { text: piece.index });
    return make("span", { className: "eq-symbol", children: [make("i", { text: piece.letter }), ...(index ? [index] : [])] });
  }
  const { signal, part: name, value, shown = value, places } = piece;
  const element = make("span", { className: name === "result" ? "eq-result" : "eq-number", text: decimals(shown, places) });
  element.dataset.value = Number.isFinite(value) ? Number(value.toPrecision(6)) : "";
  if (name) element.dataset.part = name;
  if (signal) Object.assign(element.dataset, { signal, cell, unit });
  return element;
}
