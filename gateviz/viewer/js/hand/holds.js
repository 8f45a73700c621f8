// Holds: what is kept at a value while a sentence is read, and how a link writes it. The twin of gateviz/models/holds.py, which
// describes the text: lstm.forget_gate@9-:0, of all units, from step 9 on.

import { SIGNALS } from "../engine/cells.js";
import { SPACE } from "../engine/spaces.js";

/**
 * @typedef {object} Hold One signal of one layer and direction of a cell, held at some steps.
 * @property {string} cell
 * @property {number} layer
 * @property {"forward"|"reverse"} direction
 * @property {string} signal
 * @property {?number} unit Null: all units.
 * @property {number} from The first step that is held.
 * @property {?number} to The last one; null: the last of the text.
 * @property {number|"freeze"|"other"} value "freeze": the signal's own value at the first of the steps, in the run with the
 *   holds that are listed before. "other": the value at the step that belongs to it in the sentence that one compares with.
 */

const MOST = 32; // so many are read
const LARGEST = 3.4028234663852886e38; // of single precision
const EDGES = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");
const HOLD = new RegExp(
  "^(?<cell>[a-z]+)(?:\\.(?<layer>\\d{1,4}))?(?:\\.(?<direction>forward|reverse))?\\.(?<signal>[a-z_]+)(?:\\.(?<unit>\\d{1,6}))?" +
    "(?:@(?<first>\\d{1,6})(?<on>-(?<last>\\d{1,6})?)?)?:(?<value>freeze|other|[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,3})?)$",
);

/** The lowest and the highest value at which a signal can be held. */
export function heldRange(signal) {
  if (signal.endsWith("_gate")) return [0, 1];
  return signal === "candidate" || signal === "hidden_state" ? [-1, 1] : [-LARGEST, LARGEST];
}

/** The nearest value at which a signal can be held. */
function nearestValue(signal, value) {
  const [low, high] = heldRange(signal);
  return Math.max(low, Math.min(high, value));
}

/** @returns {{holds: Hold[], leftOut: boolean}} The holds of a link; whether something in it could not be used as it was. */
export function readHolds(text) {
  const all = text.split(",");
  const few = all.length > MOST ? [...all.slice(0, MOST), all.slice(MOST).join(",")] : all; // the last is everything that is left
  const parts = few.map((part) => part.replace(EDGES, "")).filter(Boolean);
  const found = parts.slice(0, MOST).map(readHold);
  const isWhole = parts.length <= MOST && found.every((each) => each?.isExact);
  return { holds: found.flatMap((each) => each?.hold ?? []), leftOut: !isWhole };
}

function readHold(text) {
  const said = HOLD.exec(text)?.groups;
  if (!said || !SIGNALS[said.cell]?.includes(said.signal)) return null;
  const number = (digits) => (digits === undefined ? null : Number(digits));
  const from = number(said.first) ?? 0;
  const to = said.on === undefined && said.first !== undefined ? from : number(said.last);
  if (to !== null && to < from) return null;
  const isWord = said.value === "freeze" || said.value === "other";
  const value = isWord ? said.value : nearestValue(said.signal, Number(said.value));
  const place = { cell: said.cell, layer: number(said.layer) ?? 0, direction: said.direction ?? "forward", signal: said.signal, unit: number(said.unit) };
  return { hold: { ...place, from, to, value }, isExact: isWord || value === Number(said.value) };
}

/** The list that a link writes. */
export function writeHolds(holds) {
  return holds.map(writeHold).join(",");
}

/** A hold's place without its steps and its value: lstm.forget_gate.12 */
function placeOf({ cell, layer, direction, signal, unit }) {
  return [cell, ...(layer ? [layer] : []), ...(direction === "forward" ? [] : [direction]), signal, ...(unit === null ? [] : [unit])].join(".");
}

function writeHold(hold) {
  const { from, to, value } = hold;
  const steps = to === from ? `@${from}` : to !== null ? `@${from}-${to}` : from ? `@${from}-` : "";
  return `${placeOf(hold)}${steps}:${value}`;
}

/** @returns {{holds: Hold[], leftOut: boolean}} Those that a picture has; where their steps end too late, they end earlier. */
export function fittingHolds(holds, { cells, units, tokens }, hasOther) {
  const steps = tokens.length;
  const fits = ({ cell, unit, from, value }) => cells.includes(cell) && (unit === null || unit < units[cell]) && from < steps && (hasOther || value !== "other");
  const found = holds.filter(fits).map((hold) => (hold.to !== null && hold.to >= steps ? { ...hold, to: steps - 1 } : hold));
  return { holds: found, leftOut: writeHolds(found) !== writeHolds(holds) };
}

/** Whether a hold is of this place and holds at that step. */
export function isHeldAt(hold, place, step) {
  return placeOf(hold) === placeOf(place) && hold.from <= step && (hold.to === null || step <= hold.to);
}

/** The place in the list of the hold of exactly this place that counts at a step: the last one; -1 if there is none. */
export function indexAt(holds, place, step) {
  return holds.findLastIndex((hold) => isHeldAt(hold, place, step));
}

/** The steps for which a person holds, at a step: "on" from it, "at" it alone, or "always". */
export function stepsFor(span, step) {
  return { on: { from: step, to: null }, at: { from: step, to: step }, always: { from: 0, to: null } }[span];
}

/** Which of these a hold has; null for other steps, which only a link can name. */
export function spanOf({ from, to }) {
  if (to === from) return "at";
  if (to !== null) return null;
  return from === 0 ? "always" : "on";
}

/** The list with a value at a place: of the hold that counts there at that step, or of a new one at the end, from the step on. */
export function withValue(holds, place, step, value) {
  const index = indexAt(holds, place, step);
  if (index < 0) return [...holds, { ...place, ...stepsFor("on", step), value }];
  return holds.with(index, { ...holds[index], value });
}
