// While a lesson's question waits for its answer, what lies right of the cursor is veiled: maps and curves.

import { make } from "../page/elements.js";

/** `show({left, right})` veils what lies between these distances from the holder's edges, CSS lengths; with null nothing. */
export function createVeil() {
  const element = make("div", { className: "gateviz-veil", attributes: { hidden: "" } });
  function show(between) {
    element.hidden = between === null;
    if (between) Object.assign(element.style, between);
  }
  return { element, show };
}
