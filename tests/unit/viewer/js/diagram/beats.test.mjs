import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { BEAT, beatFigures, BEATS, createBeats, isSettled, turnAt } from "../../../../../gateviz/viewer/js/diagram/beats.js";

const TEXTS = {
  gate_counts: { open: "{count} open", half: "{count} half", shut: "{count} shut" },
  gate_line: "{gate}: {counts}", beat_value: "{symbol} = {value}", beat_kept: "{percent} % stays",
  symbols: { lstm: { forget_gate: "f", input_gate: "i", output_gate: "o", candidate: "g", cell_state: "c", hidden_state: "h" } },
};

test("the beats come in their order, each in its time, and then the picture is whole", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const shown = [];
  const beats = createBeats((beat) => shown.push(beat));
  beats.play();
  for (let beat = 1; beat < BEATS.length; beat++) {
    assert.equal(shown.length, beat);
    mock.timers.tick(BEAT);
  }
  assert.deepEqual(shown, BEATS);
  assert.ok(beats.isPlaying());
  mock.timers.tick(BEAT);
  assert.deepEqual(shown, [...BEATS, null]);
  assert.ok(!beats.isPlaying());
  mock.timers.reset();
});

test("stopped, the picture is whole at once and stays so; begun again, it begins with the first", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const shown = [];
  const beats = createBeats((beat) => shown.push(beat));
  beats.stop();
  beats.play();
  mock.timers.tick(BEAT);
  beats.stop();
  mock.timers.tick(10 * BEAT);
  assert.deepEqual(shown, ["sums", "gates", null]);
  beats.play();
  beats.play();
  mock.timers.tick(BEAT);
  assert.deepEqual(shown.slice(3), ["sums", "sums", "gates"], "one runner, not two");
  beats.stop();
  mock.timers.reset();
});

test("a part is not there before its first beat, and stands back after its last", () => {
  const turns = (...own) => BEATS.map((beat) => turnAt(own, beat));
  assert.deepEqual(turns("gates", "keep"), ["later", "now", "done", "now", "done", "done"]);
  assert.deepEqual(turns("read"), ["later", "later", "later", "later", "later", "now"]);
});

test("a new state is there when it has been written: an LSTM's h only when it is read out", () => {
  const from = (cell, signal) => BEATS.filter((beat) => isSettled(cell, signal, beat));
  assert.deepEqual(from("lstm", "cell_state"), ["write", "read"]);
  assert.deepEqual(from("lstm", "hidden_state"), ["read"]);
  assert.deepEqual(from("gru", "hidden_state"), ["write", "read"]);
});

const numbers = { forget_gate: [1, 0.5, 0.05], cell_state: [-2, 1, 1], candidate: [0.25, 0, 0] };
const reader = (earlier) => ({ at: (signal) => numbers[signal], before: () => earlier });
const all = { unit: null, gate: () => ({ counts: { open: 1, half: 1, shut: 1 } }), now: (signal) => numbers[signal][0] };
const one = { unit: 0, now: (signal) => numbers[signal]?.[0] ?? 0 };
const figures = (beat, flows, earlier = [-2, 1, 1]) => beatFigures("lstm", beat, flows, { texts: TEXTS }, reader(earlier), 3);

test("under a beat stands what the gates do, and how much of the old state stays", () => {
  assert.deepEqual(figures("gates", all), ["f: 1 shut · 1 open", "i: 1 shut · 1 open", "o: 1 shut · 1 open"]);
  assert.deepEqual(figures("keep", all), [`${Math.round((100 * 2.55) / 4)} % stays`]);
  assert.deepEqual(figures("keep", all, null), [], "before the first step there is nothing to keep");
  assert.deepEqual(figures("gates", { ...all, gate: () => ({ counts: { open: 0, half: 3, shut: 0 } }) })[0], "f: 3 half");
});

test("of one unit its own numbers stand there", () => {
  assert.equal(figures("gates", one)[0], "f = 1.00");
  assert.deepEqual(figures("candidate", one), ["g = 0.25"]);
  assert.deepEqual(figures("keep", one), ["100 % stays"]);
});
