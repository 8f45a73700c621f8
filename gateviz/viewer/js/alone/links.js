// What a link into a page says: the sentence, the architectures. What the page does not have gives way to the nearest that it has.

import { fittingHolds, readHolds } from "../hand/holds.js";
import { numberIn } from "../page/address.js";
import { sharedUnits } from "../picture/signals.js";
import { problemOf } from "./typed_text.js";

/** @typedef {{layer: number, direction: string}} Place */

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

/** The layer and direction that the address names, of those that there are; else the first. @param {Place[]} there */
export function placeIn(search, there) {
  const address = new URLSearchParams(search);
  const named = { layer: address.get("layer"), direction: address.get("direction") };
  const fits = (place, name) => named[name] === null || named[name] === String(place[name]);
  return there.find((place) => fits(place, "layer") && fits(place, "direction")) ?? there.find((place) => fits(place, "layer")) ?? there[0];
}

/**
 * Whether a link names something that this picture or page does not have.
 * @param {string} search
 * @param {object} header Of the picture that is shown.
 * @param {{cells: string[], places: Place[], limit: number, texts: object}} page Its texts have the languages as names.
 */
export function hasNonsense(search, header, { cells, places, limit, texts }) {
  const address = new URLSearchParams(search);
  const isNumber = (name, size) => numberIn(search, name) !== null && numberIn(search, name) < size;
  const right = {
    step: () => isNumber("step", header.tokens.length),
    unit: () => isNumber("unit", sharedUnits(header)),
    lang: (value) => Object.hasOwn(texts, value),
    cells: (value) => value.split(",").every((cell) => cells.includes(cell)),
    layer: (value) => places.some(({ layer }) => value === String(layer)),
    direction: (value) => places.some(({ direction }) => value === direction),
    rows: (value) => cells.every((cell) => Array.isArray(header.orders[cell][value])),
    diagram: (value) => value === "unit",
    hold: (value) => isWhole(readHolds(value)) && isWhole(fittingHolds(readHolds(value).holds, header, address.has("other"))),
    other: (value) => problemOf(value, limit, Object.values(texts)[0]) === null,
    shown: (value) => header.cells.includes(value),
  };
  const isWhole = ({ leftOut }) => !leftOut;
  return Object.entries(right).some(([name, isRight]) => address.has(name) && !isRight(address.get(name)));
}
