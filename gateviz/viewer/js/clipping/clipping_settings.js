// What is set where a gradient explodes, and its form in the address: "radius:1.3,activation:relu,seed:1".

import { readText, writeText } from "../lab/settings_text.js";

export const BEGINS = { cell: "rnn", start: "default", activation: "tanh", radius: 2.5, most: 1, rate: 0.1, seed: 63 };

export const RANGES = {
  radius: { least: 0.5, most: 2.5, step: 0.05 },
  most: { least: 0.1, most: 5, step: 0.1 },
  rate: { least: 0.01, most: 1, step: 0.01 },
  seed: { least: 0, most: 99, step: 1 },
};

/** The remedies of the textbooks: each sets one thing, and taken back what stood there before. */
export const REMEDIES = {
  orthogonal: { start: ["orthogonal", "default"] },
  relu: { activation: ["relu", "tanh"] },
  gated: { cell: ["lstm", "rnn"] },
};

/** What can be tried at once. */
export const PRESETS = { cliff: {}, nan: { activation: "relu", radius: 1.4, seed: 6 } };

const KIND = {
  begins: BEGINS,
  ranges: RANGES,
  choices: { cell: ["rnn", "lstm"], start: ["default", "orthogonal"], activation: ["tanh", "relu"] },
};
export const SIZES = { steps: 50, units: 8, forget: null, update: null };

export const writeClipping = (settings) => writeText(settings, BEGINS);
export const readClipping = (text) => readText(text, KIND);

/** The same as the lab's settings, of which a network is drawn. An orthogonal matrix keeps its own spectral radius, 1. */
export function drawnFrom({ start, activation, radius, seed }) {
  return { ...SIZES, start, activation, seed, radius: start === "orthogonal" ? null : radius };
}
