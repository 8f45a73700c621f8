// The line above the tokens: what there is to see, computed by the server. The tokens in it are buttons that go there. What
// tells how the text ends can be kept covered, so that a class bets first.

import { exactText } from "../format/numbers.js";
import { glyph } from "../format/texts.js";
import { make } from "../page/elements.js";
import { isCovered } from "../viewer/view_state.js";

/** Without an opening in the header there is no line: `element` is then null. */
export function createOpeningLine({ opening, texts }, state, { goTo, cover }) {
  if (!opening?.parts.length) return { element: null, show: () => {} };
  const words = make("p", { className: "opening-words", attributes: { "aria-label": texts.opening }, children: opening.parts.map((part) => drawPart(part, goTo)) });
  const bet = make("button", { className: "option bet", text: texts.bet, attributes: { type: "button", title: texts.bet_title, "data-option": "bet" } });
  bet.addEventListener("click", () => cover(!state.covered));
  const element = make("div", { className: "opening", attributes: { "data-opening": opening.step }, children: [words, bet] });
  const told = words.querySelectorAll(".tells");
  let shown = null;
  function show() {
    const isHidden = isCovered(state);
    const wanted = `${state.covered} ${isHidden}`;
    if (wanted === shown) return; // a step changes neither
    shown = wanted;
    bet.setAttribute("aria-pressed", String(state.covered));
    for (const part of told) part.inert = isHidden; // nobody hears it either, or gets to it by Tab
  }
  return { element, show };
}

/** A part of a sentence: words, a token that is gone to by a click, or a number. */
export function drawPart({ text, step, value, tells, aside }, goTo) {
  const className = [tells && "tells", aside && "aside"].filter(Boolean).join(" ");
  if (step !== undefined) {
    const button = make("button", { className: `opening-token ${className}`, text: glyph(text), attributes: { type: "button", "data-opening-step": step } });
    button.addEventListener("click", () => goTo(step));
    return button;
  }
  if (value !== undefined) return make("span", { className: `opening-number ${className}`, text, attributes: { "data-value": exactText(value) } });
  return make("span", { className, text });
}
