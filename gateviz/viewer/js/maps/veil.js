// While a lesson's question waits for its answer, what lies right of the cursor is veiled: maps and curves.

import { make } from "../page/elements.js";

/** `show(left)` veils all from there to the right end of the element that holds the veil; with null nothing is veiled. */
export function createVeil() {
  const element = make("div", { className: "gateviz-veil", attributes: { hidden: "" } });
  function show(left) {
    element.hidden = left === null;
    if (left !== null) element.style.left = left;
  }
  return { element, show };
}
