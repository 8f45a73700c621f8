// What is set in the lab, and its form in the address: "steps:200,start:chrono,forget:1". What is as it begins is left out.

import { readText, writeText } from "./settings_text.js";

/** As the lab opens. Null: as it is drawn. */
export const BEGINS = { steps: 100, units: 64, start: "default", activation: "tanh", radius: null, forget: null, update: null, seed: 0, seeds: 5 };

export const STARTS = ["default", "orthogonal", "identity", "chrono"];
export const ACTIVATIONS = ["tanh", "relu"];

/** The least, the most and the step of each number; `from` is where its slider stands while it is as drawn. */
export const RANGES = {
  steps: { least: 2, most: 1000, step: 1 },
  units: { least: 2, most: 128, step: 1 },
  radius: { least: 0.05, most: 2, step: 0.05, from: 1 },
  forget: { least: -3, most: 8, step: 0.25, from: 0 },
  update: { least: -3, most: 8, step: 0.25, from: 0 },
  seed: { least: 0, most: 999, step: 1 },
  seeds: { least: 1, most: 9, step: 1 },
};

/** The lab's settings that a visitor can try at once, by name. */
export const PRESETS = {
  default: {},
  forget_1: { forget: 1 },
  forget_3: { forget: 3 },
  orthogonal: { start: "orthogonal" },
  identity: { start: "identity", activation: "relu" },
  chrono: { start: "chrono" },
  radius_12: { radius: 1.2 },
  radius_15: { radius: 1.5 },
};

const KIND = { begins: BEGINS, ranges: RANGES, choices: { start: STARTS, activation: ACTIVATIONS } };

export const writeSettings = (settings) => writeText(settings, BEGINS);
export const readSettings = (text) => readText(text, KIND);
