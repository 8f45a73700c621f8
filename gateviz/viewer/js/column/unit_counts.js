// One sentence under each cell: what its units did at this step. A gate over 0.9 is open and under 0.1 shut, the
// thresholds of saturation (Karpathy, Johnson and Fei-Fei 2016). Small models have few such gates; of these the sentence
// says that the gates are half open, and names only the counts that are not zero.

import { fill } from "../format/texts.js";
import { make, write } from "../page/elements.js";

const OPEN = 0.9;
const SHUT = 0.1;
const FEW = 0.1; // share of the units; where no count is larger, the gates are said to be half open

/** How many units did what: {name of the count: number of units}. `at` and `before` read the picture. */
export function countUnits(cell, { at, before }, step) {
  const count = (signal, test) => at(signal, step).reduce((found, value, unit) => found + (test(value, unit) ? 1 : 0), 0);
  const open = (signal) => count(signal, (value) => value > OPEN);
  const shut = (signal) => count(signal, (value) => value < SHUT);
  if (cell === "lstm") return { kept: open("forget_gate"), forgot: shut("forget_gate"), wrote: open("input_gate"), read: open("output_gate") };
  if (cell === "gru") return { kept: open("update_gate"), renewed: shut("update_gate"), reset: shut("reset_gate") };
  const earlier = before("hidden_state", step);
  return { turned: earlier ? count("hidden_state", (value, unit) => value * earlier[unit] < 0) : 0 };
}

/** The sentence. Its parts stand between bars in the catalogue, each with one count in it. */
export function sentenceOf(texts, cell, counts, units) {
  const parts = texts.unit_counts[cell].split("|");
  const filled = (part) => fill(part, { ...counts, units });
  if (cell === "rnn" || Math.max(...Object.values(counts)) >= FEW * units) return parts.map(filled).join(texts.joint);
  const done = parts.filter((part) => Object.entries(counts).some(([name, count]) => count > 0 && part.includes(`{${name}}`)));
  return done.length ? [...done.map(filled), texts.half_open].join(texts.joint) : texts.all_half_open;
}

export function createUnitCounts(cell, { texts, units }, reader) {
  const element = make("p", { className: "unit-counts", attributes: { title: texts.unit_counts_title[cell], "data-unit-counts": cell } });
  const sentence = (step) => sentenceOf(texts, cell, countUnits(cell, reader, step), units[cell]);
  return { element, show: (step, isKnown) => write(element, isKnown ? sentence(step) : "–") };
}
