// One step, played slowly, in six beats that are the same for all cells: so one sees what a cell has and what another lacks.

import { countsText } from "./gate_counts.js";
import { decimals } from "../format/numbers.js";
import { fill } from "../format/texts.js";

/** What happens in a step, in this order. A part of a diagram names those in which it has its turn; it is not there before the first. */
export const BEATS = ["sums", "gates", "candidate", "keep", "write", "read"];
export const BEAT = 900; // ms: time to read a short line

const SETTLED = { cell_state: "write", hidden_state: { lstm: "read", gru: "write", rnn: "write" } }; // when a new state is there
const GATES = { rnn: [], lstm: ["forget_gate", "input_gate", "output_gate"], gru: ["update_gate", "reset_gate"] };
const KEPT = { lstm: ["forget_gate", "cell_state"], gru: ["update_gate", "hidden_state"] };
const WRITTEN = { lstm: { candidate: "candidate", write: "cell_state", read: "hidden_state" }, gru: { candidate: "candidate", write: "hidden_state" }, rnn: { write: "hidden_state" } };

/** Whether a cell's new state is there at this beat. */
export function isSettled(cell, signal, beat) {
  const from = SETTLED[signal];
  return BEATS.indexOf(beat) >= BEATS.indexOf(from[cell] ?? from);
}

/** "later", "now" or "done": how a part that has its turn in `beats` stands at this beat. */
export function turnAt(beats, beat) {
  if (beats.includes(beat)) return "now";
  return BEATS.indexOf(beats[0]) > BEATS.indexOf(beat) ? "later" : "done";
}

/** The lines of numbers under a beat's sentence: what the gates do, how much stays, and of one unit what comes out. */
export function beatFigures(cell, beat, flows, header, { at, before }, step) {
  const { texts } = header;
  const { unit } = flows;
  const equals = (signal) => fill(texts.beat_value, { symbol: texts.symbols[cell][signal], value: decimals(flows.now(signal), 2) });
  if (beat === "gates" && unit === null) return GATES[cell].map((gate) => fill(texts.gate_line, { gate: texts.symbols[cell][gate], counts: shortCounts(texts, flows.gate(gate).counts) }));
  if (beat === "gates") return GATES[cell].map(equals);
  if (beat === "keep") return KEPT[cell] ? keptLine(texts, KEPT[cell], { at, before }, step, unit) : [];
  const written = WRITTEN[cell][beat];
  return written && unit !== null ? [equals(written)] : [];
}

/** How many are open and how many shut; where none is either, how many are half open. */
function shortCounts(texts, counts) {
  return countsText(texts, counts.open + counts.shut ? { ...counts, half: 0 } : counts);
}

/** How much of the old state goes through the gate, of the sum of absolute values. */
function keptLine(texts, [gate, state], { at, before }, step, unit) {
  const earlier = before(state, step);
  const units = earlier ? [...earlier.keys()].filter((one) => unit === null || one === unit) : [];
  const whole = units.reduce((sum, one) => sum + Math.abs(earlier[one]), 0);
  if (!(whole > 0)) return [];
  const kept = units.reduce((sum, one) => sum + Math.abs(earlier[one] * at(gate, step)[one]), 0);
  return [fill(texts.beat_kept, { percent: Math.round((100 * kept) / whole) })];
}

/**
 * Plays the beats. `show(beat)` is called with each, and at the end, or when it is stopped, with null.
 * @returns {{play: () => void, stop: () => void, isPlaying: () => boolean}}
 */
export function createBeats(show, wait = BEAT) {
  let timer = null;
  function stop() {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    show(null);
  }
  function next(index) {
    if (index === BEATS.length) return stop();
    timer = setTimeout(() => next(index + 1), wait);
    show(BEATS[index]);
  }
  function play() {
    clearTimeout(timer);
    next(0);
  }
  return { play, stop, isPlaying: () => timer !== null };
}
