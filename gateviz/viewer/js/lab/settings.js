// What is set in the lab, and its form in the address: "steps:200,start:chrono,forget:1". What is as it begins is left out.

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
const WHOLE = ["steps", "units", "seed", "seeds"];
const CHOICES = { start: STARTS, activation: ACTIVATIONS };

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

export function writeSettings(settings) {
  const said = Object.keys(BEGINS).filter((name) => settings[name] !== BEGINS[name]);
  return said.map((name) => `${name}:${settings[name]}`).join(",");
}

/**
 * @param {string} text
 * @returns {{settings: object, isWhole: boolean}} What is not valid gives way to the nearest that is, or to how the lab begins;
 *   `isWhole` is then false.
 */
export function readSettings(text) {
  const settings = { ...BEGINS };
  let isWhole = true;
  for (const part of text.split(",").filter(Boolean)) {
    const [name, said] = part.split(":");
    const value = valueOf(name, said ?? "");
    if (value === undefined) isWhole = false;
    else {
      settings[name] = value.nearest;
      isWhole &&= value.isExact;
    }
  }
  return { settings, isWhole };
}

function valueOf(name, said) {
  if (Object.hasOwn(CHOICES, name)) return CHOICES[name].includes(said) ? { nearest: said, isExact: true } : undefined;
  if (!Object.hasOwn(RANGES, name) || !/^-?\d+(\.\d+)?$/.test(said)) return undefined;
  const { least, most } = RANGES[name];
  const number = WHOLE.includes(name) ? Math.round(Number(said)) : Number(said);
  const nearest = Math.max(least, Math.min(most, number));
  return { nearest, isExact: nearest === Number(said) };
}
