// While a lesson's question waits for its answer, what lies right of the cursor is veiled: maps and curves.

import { make } from "../page/elements.js";

/** `show` veils from `left` to `right`, both in px of the element that holds the veil; with null nothing is veiled. */
export function createVeil() {
  const element = make("div", { className: "gateviz-veil", attributes: { hidden: "" } });
  function show(from) {
    element.hidden = from === null;
    if (from === null) return;
    element.style.left = `${from.left}px`;
    element.style.width = `${Math.max(0, from.right - from.left)}px`;
  }
  return { element, show };
}
