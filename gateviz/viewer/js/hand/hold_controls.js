// The controls of one thing that is held or can be: its value, since when, and to let go of it.

import { decimals } from "../format/numbers.js";
import { make } from "../page/elements.js";
import { makeToggle, press } from "../sentence/toggle.js";
import { heldRange, indexAt, spanOf, stepsFor, withValue } from "./holds.js";
import { typedValue } from "./valve_drag.js";

const SPANS = ["on", "at", "always"];

/**
 * @param {() => object} place What is meant now: a hold without steps and value.
 * @param {() => number} shownValue The value that it has, held or not.
 * @returns {{element: HTMLElement, box: HTMLInputElement, show: () => void}}
 */
export function createHoldControls({ texts }, state, holding, { place, shownValue }) {
  const box = make("input", { className: "hold-box", attributes: { type: "text", inputmode: "decimal", "aria-label": texts.hold.box, title: texts.hold.box } });
  const heldIndex = () => indexAt(state.holds, place(), state.step);
  const spans = SPANS.map((span) => makeToggle(`hold-${span}`, texts.hold[span], () => {
    const index = heldIndex();
    if (index >= 0) holding.change(state.holds.with(index, { ...state.holds[index], ...stepsFor(span, state.step) }));
  }));
  const when = make("div", { className: "segment", attributes: { role: "group", "aria-label": texts.hold.when }, children: spans });
  const away = make("button", { className: "option icon", text: "×", attributes: { type: "button", title: texts.hold.let_go, "aria-label": texts.hold.let_go } });
  away.addEventListener("click", () => heldIndex() >= 0 && holding.change(state.holds.toSpliced(heldIndex(), 1)));
  let written = ""; // what stands in the box before somebody types
  box.addEventListener("blur", () => {
    const value = box.value === written ? null : typedValue(box.value, heldRange(place().signal));
    if (value !== null) holding.change(withValue(state.holds, place(), state.step, value));
    write();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") box.value = written;
    if (event.key === "Enter" || event.key === "Escape") box.blur();
  });
  function write() {
    const value = state.holds[heldIndex()]?.value;
    box.value = written = typeof value === "string" ? "" : decimals(value ?? shownValue(), 2);
  }
  function show() {
    const hold = state.holds[heldIndex()];
    if (box.getRootNode().activeElement !== box) write();
    const span = hold && spanOf(hold);
    SPANS.forEach((name, index) => {
      press(spans[index], name === span);
      spans[index].disabled = !hold;
    });
    away.disabled = !hold;
  }
  return { element: make("div", { className: "hold-controls", children: [box, when, away] }), box, show };
}
