// The open card: its paragraphs, its question, and the ways to the other cards.

import { fill } from "../format/texts.js";
import { make } from "../page/elements.js";
import { makeButton, makeSign } from "./buttons.js";
import { drawSpans } from "./spans.js";

/** `chosen` is {index}, the choice that a person has made, or null; act(name, value) does what a button says. */
export function drawCard({ texts, card, lessons }, chosen, act) {
  const contents = drawContents({ texts, card, lessons }, act);
  const body = [
    make("p", { className: "lesson-title", text: card.lesson }),
    make("h2", { text: card.title }),
    ...card.paragraphs.map((spans) => make("p", { children: drawSpans(spans) })),
    ...(card.question ? [drawQuestion(card.question, chosen, texts, act)] : []),
    makeButton("again", act, { className: "quiet again", text: texts.again, label: texts.again_title }),
  ];
  return make("aside", {
    className: "panel",
    attributes: { "aria-label": texts.name, "data-lesson": card.id },
    children: [
      make("header", { children: [contents, makeButton("close", act, { className: "quiet", icon: "close", label: texts.close })] }),
      make("div", { className: "body", attributes: { tabindex: "0" }, children: body }),
      drawFooter(texts, card, act),
    ],
  });
}

/** In lecture mode the card gives way to the picture: of it only the question stays, as a strip along the foot. */
export function drawStrip({ texts, card }, chosen, act) {
  const question = card?.question;
  return question ? [make("section", { className: "strip", attributes: { "aria-label": texts.choices, "data-question": card.id }, children: [drawQuestion(question, chosen, texts, act)] })] : [];
}

/** The list of all lessons, which opens over the card. */
function drawContents({ texts, card, lessons }, act) {
  const entries = lessons.map((lesson) => {
    const button = makeButton("card", act, { text: lesson.title, value: lesson.cards[0] });
    if (lesson.cards.includes(card.id)) button.setAttribute("aria-current", "true");
    return make("li", { attributes: { value: lesson.place }, children: [button] });
  });
  const summary = make("summary", { text: fill(texts.place, { number: card.place, count: lessons.length }) });
  return make("details", { className: "contents", children: [summary, make("ol", { children: entries })] });
}

function drawFooter(texts, card, act) {
  const dots = card.cards.map((id, index) => {
    const name = fill(texts.card, { number: index + 1, count: card.cards.length });
    const current = id === card.id ? { "aria-current": "step" } : {};
    const dot = make("button", { className: "dot", attributes: { type: "button", "aria-label": name, "data-card": id, ...current } });
    dot.addEventListener("click", () => act("card", id));
    return dot;
  });
  return make("footer", {
    children: [
      makeButton("previous", act, { className: "quiet", icon: "previous", text: texts.previous, label: texts.previous_key, disabled: !card.previous }),
      make("div", { className: "dots", children: dots }),
      makeButton("next", act, { className: "primary", iconAfter: "next", text: texts.next, label: texts.next_key, disabled: !card.next }),
    ],
  });
}

function drawQuestion({ text, choices, answer }, chosen, texts, act) {
  const right = choices.findIndex((choice) => choice.right);
  const buttons = choices.map((choice, index) => drawChoice(choice, index, { right, chosen, act }));
  const verdict = chosen && (chosen.index === right ? texts.right : texts.wrong);
  const revealed = chosen ? [make("strong", { className: "verdict", text: verdict }), ...drawSpans(answer)] : [];
  return make("div", {
    className: "question",
    children: [
      make("p", { className: "asked", children: drawSpans(text) }),
      make("div", { className: "choices", attributes: { role: "group", "aria-label": texts.choices }, children: buttons }),
      make("p", { className: "answer", attributes: { "aria-live": "polite" }, children: revealed }),
    ],
  });
}

function drawChoice(choice, index, { right, chosen, act }) {
  const mark = chosen && (index === right ? "right" : index === chosen.index ? "wrong" : "");
  const button = makeButton("answer", act, { className: `choice ${mark || ""}`, value: index, disabled: chosen, pressed: chosen?.index === index });
  button.append(make("span", { className: "choice-key", text: String(index + 1) }), make("span", { className: "label", children: drawSpans(choice.text) }));
  if (mark) button.append(makeSign(mark));
  if (chosen && index === right) button.dataset.right = "";
  return button;
}
