// The hand in a picture: it holds gates on their valves, and lists what is held.

import { decimals } from "../format/numbers.js";
import { fill } from "../format/texts.js";
import { isTyping, letterOf } from "../page/keyboard.js";
import { createReader, summaryOf } from "../picture/signals.js";
import { createHeldReader } from "./held_reader.js";
import { createCardHold } from "./card_hold.js";
import { createHappened } from "./happened.js";
import { createHoldBar } from "./hold_bar.js";
import { createHoldList } from "./hold_list.js";
import { indexAt, withValue } from "./holds.js";
import { ValveHand } from "./valve_hand.js";

/**
 * @param {HTMLElement} root
 * @param {import("../picture/pieces.js").Picture} picture
 * @param {import("../viewer/view_state.js").ViewState} state
 * @param {object} parts
 * @param {object} parts.holding Of holding.js.
 * @param {object} parts.actions Of viewer/actions.js.
 * @param {HTMLElement} parts.slot Of hand_row.js.
 * @param {{closeIfOpen: Function}} parts.card The equation's.
 * @returns {{elements: HTMLElement[], happened: HTMLElement, draw: Function, show: Function, onKey: Function, dispose: Function}}
 */
export function createHand(root, picture, state, { holding, actions, slot, card }) {
  const { header } = picture;
  if (!canHold(picture)) return handThatLists(picture, state, { holding, actions, slot });
  const valueAt = createValueReader(picture, state);
  const bar = createHoldBar(root, header, state, holding);
  const list = createHoldList(slot, header, state, holding, actions);
  const happened = createHappened(picture, state);
  const placeOf = (node) => placeOfNode(node, header, state);
  const gateOf = (node) => valueAt(placeOf(node));
  const isInverse = (node) => "inverse" in node.dataset;
  const turned = (node, value) => (isInverse(node) ? Math.round(100 * (1 - value)) / 100 : value);
  const at = (node) => ({ place: () => placeOf(node), shownValue: () => gateOf(node) });
  const valves = new ValveHand(root, {
    valueOf: (node) => turned(node, gateOf(node)),
    begin: () => {
      card.closeIfLoose();
      bar.close();
      happened.pause(true);
    },
    move: (node, value, isSameMove) => holding.change(withValue(state.holds, placeOf(node), state.step, turned(node, value)), isSameMove),
    end: (node) => {
      happened.pause(false);
      bar.open(node, at(node));
    },
    type: (node, text) => bar.type(node, at(node), text),
  });
  let nodes = []; // of the valves
  return {
    elements: [bar.element],
    happened: happened.element,
    draw: () => {
      nodes = [...root.querySelectorAll("[data-valve]")];
      for (const node of nodes) nameValve(node, header);
    },
    show: () => {
      for (const node of nodes) showValve(node, turned(node, gateOf(node)), indexAt(state.holds, placeOf(node), state.step) >= 0);
      list.show();
      bar.show();
      happened.show();
    },
    onKey: (event) => onKey(event, { state, holding, valves, bar }),
    dispose: () => {
      valves.dispose();
      bar.dispose();
    },
  };
}

/** Where nothing new can be held: what is held already can still be let go of. */
function handThatLists({ header }, state, { holding, actions, slot }) {
  const list = state.holds.length ? createHoldList(slot, header, state, holding, actions) : null;
  return { elements: [], happened: null, draw: () => {}, show: () => list?.show(), onKey: () => false, dispose: () => {} };
}

/** What the card of an equation has of the hand; null where nothing can be held. */
export function createCardHoldOf(picture, state, holding) {
  return canHold(picture) ? createCardHold(picture.header, state, holding, createValueReader(picture, state)) : null;
}

/** Whether what follows from a hold can be computed here. */
function canHold({ reader }) {
  return Boolean(reader);
}

function placeOfNode(node, { layer, direction }, { whole, unit }) {
  const { cell } = node.closest("[data-cell]").dataset;
  return { cell, layer, direction, signal: node.dataset.node, unit: whole ? null : unit };
}

/** Gives the value of one unit at a place, at the cursor, or one number for all of them. */
function createValueReader(picture, state) {
  const { header } = picture;
  const readers = Object.fromEntries(header.cells.map((cell) => [cell, createHeldReader(cell, picture, createReader(cell, picture), state)]));
  return ({ cell, signal, unit }) => {
    const values = readers[cell].at(signal, state.step);
    return unit === null ? summaryOf(header, signal, values) : values[unit];
  };
}

/** A valve is a slider for the keys and for who hears the page. */
function nameValve(node, { texts }) {
  if (node.getAttribute("role") === "slider") return;
  const { cell } = node.closest("[data-cell]").dataset;
  const name = "inverse" in node.dataset ? texts.renewal : texts.signals[cell][node.dataset.valve];
  const label = fill(texts.hold.valve, { cell: texts.cells[cell], signal: name });
  const attributes = { role: "slider", tabindex: "inverse" in node.dataset ? -1 : 0, "aria-label": label, "aria-valuemin": 0, "aria-valuemax": 1, "aria-orientation": "vertical" };
  for (const [attribute, value] of Object.entries(attributes)) node.setAttribute(attribute, value);
  node.addEventListener("touchmove", (event) => event.preventDefault(), { passive: false }); // Chromium ignores touch-action in a drawing
}

function showValve(node, value, isHeld) {
  node.setAttribute("aria-valuenow", Number.isFinite(value) ? value.toFixed(2) : "");
  node.setAttribute("aria-valuetext", decimals(value, 2));
  node.classList.toggle("held", isHeld);
}

/** Escape ends a drag, or lets go of the last that was held; Ctrl+Z undoes. Whether the key was for the hand. */
function onKey(event, { state, holding, valves, bar }) {
  if (event.defaultPrevented || isTyping(event)) return false;
  const isUndo = (event.ctrlKey || event.metaKey) && !event.altKey && letterOf(event) === "z";
  const isDone = event.key === "Escape" ? escape({ state, holding, valves, bar }) : isUndo && (event.shiftKey ? holding.redo() : holding.undo());
  if (isDone) event.preventDefault();
  return isDone;
}

function escape({ state, holding, valves, bar }) {
  if (valves.cancel()) return holding.undo();
  bar.close();
  if (!state.holds.length) return false;
  holding.change(state.holds.slice(0, -1));
  return true;
}
