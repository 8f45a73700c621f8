import assert from "node:assert/strict";
import { test } from "node:test";

import { createTokenColours } from "../../../../../gateviz/viewer/js/sentence/token_colours.js";

const SCALE = { css: (signal, value) => `${signal} ${value}` };
const STATE = Float32Array.of(0.5, -2, NaN, 1);

function picture({ surprise = [2, null], has = () => true, ...more } = {}) {
  const header = {
    cells: ["rnn", "lstm"], tokens: [{}, {}], units: { rnn: 2, lstm: 2 }, limits: { hidden_state: 4 },
    surprise: { light: ["#000000", "#ffffff"] }, most_bits: 8, expected: { rnn: {}, lstm: { surprise } },
    texts: { bits: "{bits} bits", symbols: { rnn: { hidden_state: "h" }, lstm: { hidden_state: "h" } } },
  };
  return { header, signals: { rnn: { hidden_state: STATE }, lstm: { hidden_state: STATE } }, has, ...more };
}

test("the text has the surprise of the LSTM at first, and no colour where nothing can surprise", () => {
  assert.equal(createTokenColours(picture(), SCALE, "light").valid(null), "lstm:surprise");
  assert.equal(createTokenColours(picture({ surprise: [null, null] }), SCALE, "light").valid(null), "none");
});

test("a choice that the picture does not have gives way to its own", () => {
  const colours = createTokenColours(picture(), SCALE, "light");
  for (const choice of ["none", "rnn:hidden_state", "lstm:surprise"]) assert.equal(colours.valid(choice), choice);
  for (const choice of ["rnn:surprise", "gru:hidden_state", "lstm:constructor", "lstm", ""]) assert.equal(colours.valid(choice), "lstm:surprise");
});

test("a token's surprise is that of what came at the step before it; nobody expected the first", () => {
  const { at } = createTokenColours(picture(), SCALE, "light");
  assert.equal(at("lstm:surprise", 0, 0), null);
  assert.deepEqual(at("lstm:surprise", 1, 0), { value: 2, share: 0.25, css: "rgb(64,64,64)", text: "2.0 bits" });
});

test("the scale of surprise ends where the task says, so that few choices and many are both told apart", () => {
  const found = picture({ surprise: [9, null] });
  const shares = [4, 9, 18].map((bits) => createTokenColours({ ...found, header: { ...found.header, most_bits: bits } }, SCALE, "light").at("lstm:surprise", 1, 0).share);
  assert.deepEqual(shares, [1, 1, 0.5]);
});

test("a token has the value of the chosen unit, and none while it has not come", () => {
  const { at } = createTokenColours(picture(), SCALE, "light");
  assert.deepEqual(at("rnn:hidden_state", 0, 1), { value: -2, share: 0.5, css: "hidden_state -2", text: "h = −2.000" });
  assert.equal(at("rnn:hidden_state", 1, 0), null);
  assert.equal(at("none", 0, 0), null);
});

test("of a text in pieces a choice of a signal asks for all of them, once", () => {
  const asked = [];
  let spans = [[0, 1]];
  const colours = createTokenColours(picture({ has: () => false, get: (...steps) => asked.push(steps), spans: () => spans }), SCALE, "light");
  assert.equal(colours.countKnown("lstm:surprise"), 0);
  const first = colours.countKnown("lstm:hidden_state");
  spans = [[0, 1], [1, 2]];
  assert.notEqual(colours.countKnown("lstm:hidden_state"), first);
  assert.deepEqual(asked, [[0, 1]]);
});
