// The row under the tokens: what can be done with the sentence, and what is held. Empty, it takes no room.

import { make } from "../page/elements.js";

/** @returns {{element: HTMLElement, slots: {holds: HTMLElement, compare: HTMLElement, write: HTMLElement}}} */
export function createHandRow() {
  const slot = (name) => make("div", { className: `hand-slot hand-${name}` });
  const slots = { holds: slot("holds"), compare: slot("compare"), write: slot("write") };
  return { element: make("div", { className: "hand-row", children: Object.values(slots) }), slots };
}
