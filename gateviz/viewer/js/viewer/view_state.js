// How a picture is shown: the cursor, the chosen unit, the window, the order of the rows. One object that changes in place.

import { readHolds, writeHolds } from "../hand/holds.js";
import { FEW } from "../maps/map_rows.js";
import { numberIn } from "../page/address.js";
import { sharedUnits } from "../picture/signals.js";
import { clampStep, stepsInWindow, windowStart } from "../picture/time_window.js";
import { viewIn } from "./address_bar.js";

/**
 * @typedef {object} ViewState
 * @property {number} step The cursor.
 * @property {number} unit The chosen unit.
 * @property {boolean} isUnitChosen Whether a person has chosen it.
 * @property {boolean} whole Whether the diagrams show all units, rather than the chosen one.
 * @property {string} order Which rows the heatmaps have, a name in header.orders.
 * @property {?string} colour What colours the tokens, such as "lstm:forget_gate"; null for the picture's own choice.
 * @property {number} start The first step of the window.
 * @property {boolean} isScrolled Whether the window was moved by itself, so that it does not follow the cursor.
 * @property {boolean} isCursorOutside Whether the cursor is outside the window.
 * @property {string} shown The architecture that a phone shows.
 * @property {boolean} covered Whether what the cells say in the end is kept covered until the last step.
 * @property {boolean} revealed Whether that step has been reached.
 * @property {boolean} veiled Whether all that lies right of the cursor is hidden, until a lesson's question is answered.
 * @property {boolean} isCellChosen Whether a person has chosen it.
 * @property {object[]} holds What is held, in the order in which it was taken.
 * @property {?string} firstHold What the address held when the page was opened.
 * @property {string} mapLook What the maps show while something is held or compared: "after", "before" or "difference".
 * @property {?string} other The sentence that this one is compared with.
 * @property {boolean} isComparing Whether the box for it is open.
 * @property {?number} otherStep Its token that a person has chosen; null: the one that belongs to the cursor.
 * @property {?{signal: string, cell: ?string}} lit The signal that is highlighted, in that cell or in all.
 */

/** @returns {ViewState} */
export function initialState() {
  return {
    step: 0, unit: -1, isUnitChosen: false, whole: true, order: FEW, colour: null, start: 0, isScrolled: false,
    isCursorOutside: false, shown: "lstm", isCellChosen: false, covered: false, revealed: false, veiled: false,
    holds: [], firstHold: null, mapLook: "after", other: null, isComparing: false, otherStep: null, lit: null,
  };
}

/**
 * At which step a new picture begins: where the old one of the same text is, or else where the address or the page says.
 * @param {?object} before The header of the picture that is shown now.
 * @param {{search: string, view: ?object}} wished The address's query, and how an exported page begins.
 */
export function firstStep(state, header, before, { search, view }) {
  const { tokens } = header;
  if (header.text === before?.text) return clampStep(state.step, tokens.length);
  const otherwise = !before && Number.isInteger(view?.step) ? view.step : header.step;
  return clampStep(numberIn(search, "step") ?? otherwise, tokens.length);
}

/** The steps that will be seen when the picture begins at `step`: [first, last]. */
export function firstWindow(state, header, step) {
  const { tokens, window: wide } = header;
  return stepsInWindow(header, windowStart(state.start, step, tokens.length, wide));
}

/** Go over to a new picture. The arguments are those of firstStep(), whose result is `step`. */
export function adoptPicture(state, header, before, { search, view, step }) {
  const isOtherText = header.text !== before?.text;
  const units = sharedUnits(header);
  if (!header.cells.includes(state.shown)) state.shown = header.cells[0];
  if (!before) adoptView(state, header, { ...view, ...viewIn(search, header) });
  state.step = isOtherText ? step : clampStep(state.step, header.tokens.length);
  const linked = numberIn(search, "unit");
  if (isOtherText && linked !== null && linked < units && linked !== state.unit) chooseUnit(state, linked);
  if ((isOtherText && !state.isUnitChosen) || state.unit >= units) state.unit = header.unit;
  if (isOtherText) Object.assign(state, { lit: null, isScrolled: false, revealed: false, veiled: false });
  const address = new URLSearchParams(search);
  adoptHolds(state, header, before, address.get("hold") ?? "");
  if (before && isOtherPicture(header, before)) adoptOther(state, header, before, address.get("other") || null);
}

/** Whether something was to be compared with another picture: of other models, or of another sentence. */
function isOtherPicture(header, before) {
  return header.text !== before.text || JSON.stringify(header.models) !== JSON.stringify(before.models);
}

/**
 * What is held stays with its task, as far as the new picture has it. A new link says otherwise; the server may still write the hold of
 * the link that the page was opened with, and that says nothing.
 */
function adoptHolds(state, header, before, linked) {
  state.firstHold ??= linked;
  if (!before) return;
  if (linked && linked !== state.firstHold) state.holds = readHolds(linked).holds;
  else if (taskOf(header) !== taskOf(before)) state.holds = [];
}

/** What is compared with stays with its task, too, unless a link says otherwise. */
function adoptOther(state, header, before, linked) {
  const isLinked = linked !== null && linked !== state.other;
  const isSameTask = taskOf(header) === taskOf(before);
  const other = isLinked ? linked : isSameTask ? state.other : null;
  const look = state.other === null && other !== null ? "difference" : state.mapLook;
  const isComparing = other !== null || (isSameTask && state.isComparing);
  Object.assign(state, { other, otherStep: null, isComparing, mapLook: other === null && !state.holds.length ? "after" : look });
}

function taskOf({ models }) {
  return Object.values(models ?? {})[0]?.split("/")[0];
}

function adoptView(state, header, { unit, start, whole, order, colour, shown, isCellChosen, covered, hold, other }) {
  if (isUnit(header, unit)) chooseUnit(state, unit);
  if (header.cells.includes(shown)) Object.assign(state, { shown, isCellChosen: isCellChosen === true });
  if (header.cells.every((cell) => Array.isArray(header.orders[cell][order]))) state.order = order;
  if (Number.isInteger(start)) state.start = start;
  Object.assign(state, { whole: whole !== false, colour: colour ?? null, covered: covered === true, holds: readHolds(hold ?? "").holds });
  if (typeof other === "string" && other) Object.assign(state, { other, isComparing: true, mapLook: "difference" });
}

function chooseUnit(state, unit) {
  Object.assign(state, { unit, isUnitChosen: true });
}

function isUnit(header, unit) {
  return Number.isInteger(unit) && unit >= 0 && unit < sharedUnits(header);
}

/** What another part of the page asks for: any of {step, unit, whole, cell, highlight, order, colour, veil}. */
export function applyWish(state, header, { step, unit, whole, cell, highlight, order, colour, veil }) {
  if (header.cells.includes(cell)) state.shown = cell;
  if (Number.isInteger(step)) Object.assign(state, { step: clampStep(step, header.tokens.length), isScrolled: false });
  if (isUnit(header, unit)) {
    chooseUnit(state, unit);
    state.whole = false;
  }
  if (order && header.cells.every((each) => Array.isArray(header.orders[each][order]))) state.order = order;
  if (colour === null || typeof colour === "string") state.colour = colour;
  if (typeof veil === "boolean") state.veiled = veil;
  if (unit === null || typeof whole === "boolean") state.whole = whole ?? true;
  state.lit = highlight ? { signal: highlight, cell: cell ?? null } : null;
}

/** What is covered is revealed when the cursor gets to the last step, and then stays so. */
export function revealAtEnd(state, { tokens }) {
  if (state.step === tokens.length - 1) state.revealed = true;
}

/** Whether what the cells say in the end is covered now. */
export function isCovered({ covered, revealed }) {
  return covered && !revealed;
}

/** Let the window follow the cursor, unless a person has moved it by itself. */
export function followCursor(state, { tokens, window: wide }) {
  if (!state.isScrolled) state.start = windowStart(state.start, state.step, tokens.length, wide);
  state.isCursorOutside = state.step < state.start || state.step >= state.start + wide;
}

/** Move the window by itself. The cursor stays, and the window returns to it with the next step. */
export function scrollWindow(state, { tokens, window: wide }, start) {
  Object.assign(state, { start: Math.max(0, Math.min(tokens.length - wide, start)), isScrolled: true });
}

/** How the picture is shown now, for a page that is to begin in the same way. */
export function viewOf({ step, start, unit, whole, order, colour, shown, covered, holds, other }) {
  const more = { ...(holds.length ? { hold: writeHolds(holds) } : {}), ...(other ? { other } : {}) };
  return { step, start, unit, whole, order, colour, shown, covered, ...more };
}
