// How many units of a gate are open, half open and shut. Over 0.9 a gate is open and under 0.1 shut: the thresholds of
// saturation (Karpathy, Johnson and Fei-Fei 2016).

import { fill } from "../format/texts.js";

const OPEN = 0.9;
const SHUT = 0.1;

/** @returns {{open: number, half: number, shut: number}} Numbers of units. */
export function countGate(values) {
  const counts = { open: 0, half: 0, shut: 0 };
  for (const value of values) counts[value > OPEN ? "open" : value < SHUT ? "shut" : "half"] += 1;
  return counts;
}

/** The counts in words; one that is zero is left out. */
export function countsText(texts, counts) {
  const parts = ["shut", "half", "open"].filter((name) => counts[name] > 0);
  return parts.map((name) => fill(texts.gate_counts[name], { count: counts[name] })).join(" · ");
}

/** At most `most` of the values, sorted, evenly spaced over all of them: as many as there are lanes in a valve. */
export function lanesOf(values, most) {
  const sorted = Float32Array.from(values).sort();
  const lanes = Math.min(most, sorted.length);
  return Array.from({ length: lanes }, (_, lane) => sorted[Math.floor(((lane + 0.5) * sorted.length) / lanes)]);
}
