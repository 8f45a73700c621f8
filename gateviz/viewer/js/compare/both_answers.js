// In a column, what it answers and how it ends: of the shown sentence alone, or of both where there is another.

import { make } from "../page/elements.js";
import { createAnswerPairs } from "./answer_pairs.js";
import { otherStep } from "./compared.js";
import { drawEndingPair } from "./ending_pair.js";

/**
 * @param {string} cell
 * @param {import("../picture/pieces.js").Picture} picture
 * @param {{element: HTMLElement, draw: () => void, show: (step: number) => void}} answers Of the shown sentence alone.
 * @param {HTMLElement} title The column's, at whose end the endings stand.
 * @param {() => ?object} compared
 */
export function createBothAnswers(cell, picture, answers, title, compared) {
  let pairs = null; // made when first needed
  const element = make("div", { className: "answers", children: [answers.element] });
  const alone = title.querySelectorAll(".ending");
  let both = null; // the endings of both

  function draw() {
    const now = compared();
    if (now) pairs ??= createAnswerPairs(cell, picture.header, compared);
    const shown = now ? pairs : answers;
    if (element.firstChild !== shown.element) element.replaceChildren(shown.element);
    both?.remove();
    both = now && drawEndingPair(cell, picture, now);
    if (both) title.append(both);
    for (const ending of alone) ending.hidden = now !== null;
    shown.draw();
  }
  function show(state) {
    const now = compared();
    if (now) pairs.show(state.step, state.otherStep ?? otherStep(now, state.step));
    else answers.show(state.step);
  }
  return { element, draw, show };
}
