// What style sheets must know of a long text: which numbers have not come yet, and whether the window shows the cursor.

import { stepBefore } from "../picture/signals.js";
import { stepsInWindow } from "../picture/time_window.js";

/** Mark on the viewer's root that the numbers of this step have not come, or that those of the maps have not. */
export function markWaiting(root, picture, { step, start }) {
  const { header } = picture;
  const seen = stepsInWindow(header, start);
  const before = stepBefore(header, step) ?? step;
  picture.look(step, ...seen);
  setMarks(root, !picture.has(Math.min(before, step), Math.max(before, step)), !picture.has(...seen));
}

/** Where the window does not hold the cursor, neither the curves nor the maps show it. */
export function markCursor(root, isOutside) {
  root.toggleAttribute("data-away", isOutside);
}

export function removeMarks(root) {
  markCursor(root, false);
  setMarks(root, false, false);
}

function setMarks(root, numbersWait, mapsWait) {
  if (numbersWait !== root.hasAttribute("data-waiting")) {
    root.toggleAttribute("data-waiting", numbersWait);
    root.setAttribute("aria-busy", numbersWait);
  }
  root.toggleAttribute("data-maps-waiting", mapsWait);
}
