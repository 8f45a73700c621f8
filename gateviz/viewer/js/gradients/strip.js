// The sentence, coloured by one cell's dL/dx.

import { scientific } from "../format/numbers.js";
import { fill } from "../format/texts.js";
import { make } from "../page/elements.js";
import { makeTokenBox } from "../sentence/token_box.js";
import { shadeOf } from "./gradient_numbers.js";

/**
 * @returns {{element: HTMLElement, show: (network: Network, step: number, largest: number) => void, focus: () => void}} `show`
 *   colours the tokens for a loss at that step; `largest` is the norm of the strongest colour.
 */
export function createStrip(cell, { tokens, texts }) {
  const boxes = tokens.map((token, step) => makeTokenBox(token, step, { attributes: { tabindex: "-1", "aria-pressed": "false" } }));
  const element = make("div", { className: "tokens saliency", attributes: { role: "group", "aria-label": texts.strip }, children: boxes });
  let marked = null;

  function mark(step) {
    if (marked !== null) setMark(boxes[marked], false);
    setMark(boxes[step], true);
    marked = step;
  }
  function show({ inputs }, step, largest) {
    if (marked !== step) mark(step);
    boxes.forEach((box, at) => {
      box.style.background = `color-mix(in srgb, var(--${cell}) ${(100 * shadeOf(inputs[at], largest)).toFixed(1)}%, transparent)`;
      box.dataset.value = inputs[at];
      box.title = fill(texts.token_title, { step: at + 1, value: scientific(inputs[at]) });
    });
  }
  return { element, show, focus: () => boxes[marked]?.focus({ preventScroll: true }) };
}

function setMark(box, isLoss) {
  box.classList.toggle("loss", isLoss);
  box.setAttribute("aria-pressed", String(isLoss));
  box.tabIndex = isLoss ? 0 : -1;
}
