import assert from "node:assert/strict";
import { test } from "node:test";

import { createGrowingPicture } from "../../../../../gateviz/viewer/js/writing/growing_picture.js";

const HEADER = { cells: ["rnn", "gru"], gates: ["update_gate"], limits: { hidden_state: 1 }, id: "sent", expected: { rnn: { kind: "next", asked_from: 0 }, gru: { kind: "next", asked_from: 0 } } };
const UNITS = { rnn: { hidden_state: 2 }, gru: { hidden_state: 2, update_gate: 2 } };
const token = (text, probability, value = 0.5) => ({ text, known: true, probability, signals: { hidden_state: [value, -value], update_gate: [value, value] }, guesses: ["a", "b"], probabilities: [0.7, 0.3] });
const create = () => createGrowingPicture(HEADER, { id: "written", text: "x", steps: 4, given: 1 }, UNITS);

test("steps that are not written have their place and no numbers", () => {
  const { picture, add } = create();
  assert.equal(picture.header.tokens.length, 4);
  assert.equal(add({ rnn: token("x", null), gru: token("x", null) }), 1);
  assert.deepEqual(Array.from(picture.signals.gru.hidden_state), [0.5, -0.5, NaN, NaN, NaN, NaN, NaN, NaN]);
  assert.deepEqual(picture.header.tokens.map(({ text }) => text), ["x", "", "", ""]);
  assert.deepEqual(picture.spans(), [[0, 1]]);
});

test("each cell is surprised by what it wrote itself, and a dot stands where the cells wrote different tokens", () => {
  const { picture, add } = create();
  add({ rnn: token("x", null), gru: token("x", null) });
  add({ rnn: token("a", 0.5), gru: token("b", 0.25) });
  add({ rnn: token("c", 0.125), gru: token("c", 1) });
  const { tokens, expected, written } = picture.header;
  assert.deepEqual(tokens.map(({ text }) => text), ["x", "·", "c", ""]);
  assert.deepEqual(expected.rnn.surprise.slice(0, 2), [1, 3]);
  assert.deepEqual(expected.gru.wrote, ["b", "c", null, null]);
  assert.deepEqual(expected.gru.came, [0.25, 1, null, null]);
  assert.equal(written, 3);
  assert.deepEqual(picture.spans(), [[0, 1], [1, 2], [2, 3]]);
});

test("a cell whose text has ended has no more numbers", () => {
  const { picture, add } = create();
  add({ rnn: token("x", null), gru: token("x", null) });
  add({ rnn: token("a", 0.5), gru: null });
  assert.equal(picture.header.tokens[1].text, "·");
  assert.ok(Number.isNaN(picture.signals.gru.update_gate[2]));
  assert.equal(picture.signals.rnn.hidden_state[2], 0.5);
});

test("what is cleared can be seen to be other numbers", () => {
  const { picture, add, clear } = create();
  add({ rnn: token("x", null), gru: token("x", null) });
  const before = picture.signals.rnn.hidden_state;
  const { puts } = picture;
  clear();
  assert.notEqual(picture.signals.rnn.hidden_state, before);
  assert.ok(picture.signals.rnn.hidden_state.every(Number.isNaN));
  assert.equal(picture.header.written, 0);
  add({ rnn: token("y", null), gru: token("y", null) });
  assert.ok(picture.puts > puts);
});
