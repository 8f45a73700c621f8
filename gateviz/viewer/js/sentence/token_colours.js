// What the text can be coloured by: the surprise at each token, or any signal of one unit. A bar under the token and its
// title say the same, so that nobody depends on the colour.

import { colourTable } from "../format/colours.js";
import { decimals } from "../format/numbers.js";
import { fill } from "../format/texts.js";

/**
 * A choice is "none", "lstm:surprise" or, say, "lstm:forget_gate".
 * @returns {object} `choices`: [{cell, names}]; `valid(choice)`: that choice, or the picture's own where it does not have
 *   it; `at(choice, step, unit)`: {value, share, css, text} of one token, or null; `countKnown(choice)`: a number that
 *   changes when more of the choice's values have come; `changes()`: one that changes with other numbers.
 */
export function createTokenColours(picture, scale, theme) {
  const { header, signals } = picture;
  const { texts, units, expected, cells } = header;
  const table = colourTable(header.surprise[theme]);
  const choices = cells.map((cell) => ({ cell, names: [...(hasSurprise(header, cell) ? ["surprise"] : []), ...Object.keys(signals[cell])] }));
  const first = cells.includes("lstm") ? "lstm" : cells.at(-1);
  let isAsked = false;

  function valid(choice) {
    const isKnown = (wanted) => choices.some(({ cell, names }) => names.some((name) => wanted === `${cell}:${name}`));
    return choice === "none" ? choice : ([choice, `${first}:surprise`].find(isKnown) ?? "none");
  }
  function at(choice, step, unit) {
    const [cell, name] = choice.split(":");
    if (choice === "none") return null;
    const value = name === "surprise" ? (step ? expected[cell].surprise[step - 1] : null) : signals[cell][name][step * units[cell] + unit];
    if (value === null || !Number.isFinite(value)) return null;
    if (name === "surprise") {
      const share = Math.min(1, value / header.most_bits);
      return { value, share, css: table[Math.round(255 * share)], text: fill(texts.bits, { bits: decimals(value, 1) }) };
    }
    const share = Math.min(1, Math.abs(value) / (header.limits[name] ?? 1));
    return { value, share, css: scale.css(name, value), text: `${texts.symbols[cell][name]} = ${decimals(value, 3)}` };
  }
  function countKnown(choice) {
    const last = header.tokens.length - 1;
    if (choice === "none" || choice.endsWith(":surprise") || picture.has(0, last)) return 0;
    if (!isAsked) picture.get(0, last);
    isAsked = true;
    return -1 - picture.spans(header.cells[0]).length;
  }
  return { choices, valid, at, countKnown, changes: () => picture.puts };
}

/** Whether anything of this architecture's answers can surprise, or will when it is written. */
export function hasSurprise({ expected, written }, cell) {
  return (written !== undefined && expected[cell].kind === "next") || (expected[cell]?.surprise ?? []).some((bits) => bits !== null);
}
