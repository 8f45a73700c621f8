// What is set, in the form of the address: "steps:200,start:chrono,forget:1". What is as it begins is left out.

/**
 * @typedef {object} Kind
 * @property {object} begins What each setting is at first; null: as it is drawn.
 * @property {Object<string, {least: number, most: number, step: number}>} ranges Of those that are numbers.
 * @property {Object<string, string[]>} choices Of those that are words.
 */

export function writeText(settings, begins) {
  return Object.keys(begins).filter((name) => settings[name] !== begins[name]).map((name) => `${name}:${settings[name]}`).join(",");
}

/**
 * @param {string} text
 * @param {Kind} kind
 * @returns {{settings: object, isWhole: boolean}} What is not valid gives way to the nearest that is, or to how it begins;
 *   `isWhole` is then false.
 */
export function readText(text, kind) {
  const settings = { ...kind.begins };
  let isWhole = true;
  for (const part of text.split(",").filter(Boolean)) {
    const [name, said] = part.split(":");
    const value = valueOf(name, said ?? "", kind);
    if (value === undefined) isWhole = false;
    else {
      settings[name] = value.nearest;
      isWhole &&= value.isExact;
    }
  }
  return { settings, isWhole };
}

function valueOf(name, said, { ranges, choices }) {
  if (Object.hasOwn(choices, name)) return choices[name].includes(said) ? { nearest: said, isExact: true } : undefined;
  if (!Object.hasOwn(ranges, name) || !/^-?\d+(\.\d+)?$/.test(said)) return undefined;
  const { least, most, step } = ranges[name];
  const number = step === 1 ? Math.round(Number(said)) : Number(said);
  const nearest = Math.max(least, Math.min(most, number));
  return { nearest, isExact: nearest === Number(said) };
}
