import assert from "node:assert/strict";
import { test } from "node:test";

import { countUnits, sentenceOf } from "../../../../../gateviz/viewer/js/column/unit_counts.js";

const TEXTS = {
  unit_counts: { rnn: "{turned} of {units} turned", lstm: "{kept} kept|{forgot} forgot|{wrote} wrote|{read} read", gru: "{kept} kept|{renewed} renewed|{reset} reset" },
  joint: ", ", half_open: "the rest half open", all_half_open: "all half open",
};
const reader = (now, before = null) => ({ at: (signal) => Float32Array.from(now[signal]), before: () => before });

test("a gate over 0.9 is open and under 0.1 shut, and at 0.9 and 0.1 it is neither", () => {
  const gates = { forget_gate: [1, 0.91, 0.5, 0.09, 0], input_gate: [0.95, 0.95, 0, 0, 0], output_gate: [0.25, 0.5, 0.25, 0.5, 0.5] };
  assert.deepEqual(countUnits("lstm", reader(gates), 0), { kept: 2, forgot: 2, wrote: 2, read: 0 });
  const gru = { update_gate: [1, 0, 0.5], reset_gate: [0, 0, 1] };
  assert.deepEqual(countUnits("gru", reader(gru), 0), { kept: 1, renewed: 1, reset: 2 });
});

test("a plain RNN's unit has turned when its state changed sign, and none has at the first step", () => {
  assert.deepEqual(countUnits("rnn", reader({ hidden_state: [1, -1, 1, 0] }, [-1, -1, 1, 1]), 1), { turned: 1 });
  assert.deepEqual(countUnits("rnn", reader({ hidden_state: [1, -1] }), 0), { turned: 0 });
});

test("the sentence has all counts where a tenth of the units did something", () => {
  assert.equal(sentenceOf(TEXTS, "lstm", { kept: 4, forgot: 0, wrote: 1, read: 0 }, 32), "4 kept, 0 forgot, 1 wrote, 0 read");
  assert.equal(sentenceOf(TEXTS, "rnn", { turned: 0 }, 32), "0 of 32 turned");
});

test("where fewer did, it has only the counts that there are, and says that the gates are half open", () => {
  assert.equal(sentenceOf(TEXTS, "lstm", { kept: 0, forgot: 2, wrote: 0, read: 1 }, 32), "2 forgot, 1 read, the rest half open");
  assert.equal(sentenceOf(TEXTS, "gru", { kept: 0, renewed: 0, reset: 0 }, 32), "all half open");
});
