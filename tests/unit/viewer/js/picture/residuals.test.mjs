// test_residuals.py holds this module to the packing's bytes; here are the cases that a person can compute.

import assert from "node:assert/strict";
import { test } from "node:test";

import { decodeResiduals } from "../../../../../gateviz/viewer/js/picture/residuals.js";

/** Residuals as they are sent: the code of each in the upper 24 bits. */
const coded = (...codes) => new Float32Array(Uint32Array.from(codes, (code) => code << 8).buffer);
const floats = (...values) => Float32Array.from(values);

test("without residuals an LSTM's states are what its gates say", () => {
  const named = {
    forget_gate: floats(1, 1, 0.5, 0), input_gate: floats(1, 0, 0, 1), candidate: floats(0.5, 0.25, 1, -1),
    output_gate: floats(1, 0, 1, 0.5), cell_state: coded(0, 0, 0, 0), hidden_state: coded(0, 0, 0, 0),
  };
  decodeResiduals("lstm", "cell_state", named, { units: 1, reverse: false });
  assert.deepEqual([...named.cell_state], [0.5, 0.5, 0.25, -1]);
  decodeResiduals("lstm", "hidden_state", named, { units: 1, reverse: false });
  assert.equal(named.hidden_state[1], 0);
  assert.ok(Math.abs(named.hidden_state[2] - Math.tanh(0.25)) <= 2 ** -16 * Math.tanh(0.25));
});

test("a layer that reads from the end begins there", () => {
  const gates = { update_gate: floats(1, 1, 0), candidate: floats(0.25, 0.5, 0.75) };
  const forward = { ...gates, hidden_state: coded(0, 0, 0) };
  const reverse = { ...gates, hidden_state: coded(0, 0, 0) };
  decodeResiduals("gru", "hidden_state", forward, { units: 1, reverse: false });
  decodeResiduals("gru", "hidden_state", reverse, { units: 1, reverse: true });
  assert.deepEqual([...forward.hidden_state], [0, 0, 0.75]);
  assert.deepEqual([...reverse.hidden_state], [0.75, 0.75, 0.75]);
});

test("a residual of 1, 2 and 3 is minus one, plus one and minus two of the last bit", () => {
  const named = { update_gate: floats(0, 0, 0, 0), candidate: floats(1, 1, 1, 1), hidden_state: coded(0, 1, 2, 3) };
  decodeResiduals("gru", "hidden_state", named, { units: 4, reverse: false });
  const bit = 2 ** -15; // of the sixteen significant bits of 1
  assert.deepEqual([...named.hidden_state], [1, 1 - bit / 2, 1 + bit, 1 - bit]);
});
