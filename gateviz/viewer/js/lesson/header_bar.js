// In the page's header: the way into the lessons and into lecture mode; and the dialog that lists the keys.

import { fill } from "../format/texts.js";
import { make } from "../page/elements.js";
import { makeButton } from "./buttons.js";

const KEYS = { step: "← →", ends: "Home End", window: "⇧← ⇧→", beats: "⇧→", play: null, cards: "n p", choose: "1 2 3", lecture: "l", help: "?" };

export function drawBar({ texts, card, lessons, resume }, act) {
  const number = Number(resume.split(".")[0]);
  const lesson = lessons.find((each) => each.number === number);
  const invite = makeButton("open", act, {
    className: "invite", icon: "lesson", text: card ? texts.name : fill(texts.number, { number: lesson?.place ?? 1 }), label: card ? texts.close : texts.open, pressed: Boolean(card),
  });
  if (lesson && !card) invite.querySelector(".label").append(make("span", { className: "title", text: fill(texts.titled, { title: lesson.title }) }));
  return make("nav", {
    className: "bar",
    attributes: { "aria-label": texts.bar },
    children: [
      lessons.length > 0 && invite,
      makeButton("lecture", act, { icon: "lecture", text: texts.lecture, label: texts.lecture_key }),
      makeButton("lecture", act, { className: "leave", icon: "close", label: texts.leave_lecture }),
    ].filter(Boolean),
  });
}

/** A dialog of the browser's own, which Escape closes. */
export function drawKeys(texts) {
  const rows = Object.entries(KEYS).flatMap(([name, keys]) => [
    make("dt", { children: (keys ?? texts.space).split(" ").map((key) => make("kbd", { text: key })) }),
    make("dd", { text: texts[`key_${name}`] }),
  ]);
  const dialog = make("dialog", {
    attributes: { "aria-label": texts.keys },
    children: [make("h2", { text: texts.keys }), make("dl", { children: rows })],
  });
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "?") dialog.close();
  });
  return dialog;
}
