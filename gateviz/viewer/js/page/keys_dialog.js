// The dialog that lists the keys.

import { make } from "./elements.js";

const KEYS = { step: "← →", ends: "Home End", window: "⇧← ⇧→", beats: "⇧→", play: null, undo: "Ctrl+Z", cards: "n p", choose: "1 2 3", lecture: "l", help: "?" };
const OF_LESSONS = ["cards", "choose"];

/** A dialog of the browser's own, which Escape closes. A page without lessons leaves their keys out. */
export function drawKeys(texts, { hasLessons }) {
  const listed = Object.entries(KEYS).filter(([name]) => hasLessons || !OF_LESSONS.includes(name));
  const rows = listed.flatMap(([name, keys]) => [
    make("dt", { children: (keys ?? texts.space).split(" ").map((key) => make("kbd", { text: key })) }),
    make("dd", { text: texts[`key_${name}`] }),
  ]);
  const dialog = make("dialog", {
    className: "keys",
    attributes: { "aria-label": texts.keys },
    children: [make("h2", { text: texts.keys }), make("dl", { children: rows })],
  });
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "?") dialog.close();
  });
  return dialog;
}
