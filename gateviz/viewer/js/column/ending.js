// What one cell says in the end, at the right of its name. While it is covered, a question mark stands there. While something is held,
// what it said before stands struck through beside it.

import { exactText } from "../format/numbers.js";
import { make, write } from "../page/elements.js";
import { endingNow } from "./ending_rules.js";

/** @returns {{elements: HTMLElement[], draw: () => void}} No elements where the header has no endings. */
export function createEnding(cell, picture) {
  const { opening, texts } = picture.header;
  const ending = opening?.endings[cell];
  if (!ending) return { elements: [], draw: () => {} };
  const was = make("s", { className: "ending-was" });
  const answer = make("strong");
  const after = make("span", { className: "ending-after" });
  const said = make("span", { className: "ending-said", children: [make("span", { className: "ending-before", text: ending.before }), was, answer, after] });
  const veil = make("span", { className: "ending-veil", text: "?", attributes: { title: texts.covered } });
  const element = make("span", { className: "ending", attributes: { "data-ending": cell }, children: [said, veil] });
  function draw() {
    const now = nowOf(picture, cell);
    const isOther = now.answer !== ending.answer || now.after !== ending.after;
    write(was, isOther ? saidOf(ending) : "");
    was.hidden = !isOther;
    write(answer, now.answer);
    write(after, now.after);
    after.hidden = !now.after;
    element.dataset.value = exactText(now.value ?? NaN);
  }
  return { elements: [element], draw };
}

/** What a cell says now: as Python computed it, or under what is held. */
export function nowOf({ header, plain }, cell) {
  const ending = header.opening.endings[cell];
  const expected = header.expected[cell];
  return expected === plain.expected[cell] ? ending : { ...ending, ...endingNow(ending, expected) };
}

/** "Spanish 1.00" */
export function saidOf({ answer, after }) {
  return [answer, after].filter(Boolean).join(" ");
}
