// In the page's header: the way into the lessons and into lecture mode.

import { fill } from "../format/texts.js";
import { make } from "../page/elements.js";
import { makeButton } from "./buttons.js";

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
