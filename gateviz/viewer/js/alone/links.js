// What a link into a page says: the sentence, the architectures. What the page does not have gives way to the nearest that it has.

import { numberIn } from "../page/address.js";
import { sharedUnits } from "../picture/signals.js";

/** The sentence that the address names, or null. */
export function textIn(search) {
  return new URLSearchParams(search).get("text");
}

/** Those of these architectures that the address names; all where it names none of them. */
export function cellsIn(search, there) {
  const named = (new URLSearchParams(search).get("cells") ?? "").split(",");
  const found = there.filter((cell) => named.includes(cell));
  return found.length ? found : there;
}

/**
 * Whether a link names something that this picture or page does not have.
 * @param {string} search
 * @param {object} header Of the picture that is shown.
 * @param {string[]} cells The architectures of the page.
 * @param {string[]} languages
 */
export function hasNonsense(search, header, cells, languages) {
  const address = new URLSearchParams(search);
  const isNumber = (name, size) => numberIn(search, name) !== null && numberIn(search, name) < size;
  const right = {
    step: () => isNumber("step", header.tokens.length),
    unit: () => isNumber("unit", sharedUnits(header)),
    lang: (value) => languages.includes(value),
    cells: (value) => value.split(",").every((cell) => cells.includes(cell)),
    layer: (value) => value === String(header.layer),
    direction: (value) => value === header.direction,
    rows: (value) => cells.every((cell) => Array.isArray(header.orders[cell][value])),
    diagram: (value) => value === "unit",
    shown: (value) => header.cells.includes(value),
  };
  return Object.entries(right).some(([name, isRight]) => address.has(name) && !isRight(address.get(name)));
}
