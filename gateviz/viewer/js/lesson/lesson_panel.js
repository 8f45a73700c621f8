// The lesson panel: a card beside the picture that it speaks of. The server says which card is open and has computed its
// numbers; the panel shows it, moves the viewer's cursor there, and asks the server for another card.

import { make } from "../page/elements.js";
import { isNotForPage, letterOf } from "../page/keyboard.js";
import { drawKeys } from "../page/keys_dialog.js";
import { followLecture, isLecture, setLecture, startLecture } from "../page/lecture_mode.js";
import { createMount } from "../page/mounts.js";
import { drawCard, drawStrip } from "./card.js";
import { drawBar } from "./header_bar.js";
import { currentView, findViewer, moveViewer, scrollToPicture } from "./viewer_target.js";

const CARD_KEYS = { n: "next", PageDown: "next", p: "previous", PageUp: "previous" };
const PATIENCE = 6000; // ms until the panel stops waiting for a picture
const RETRY = 60; // ms

export default createMount((parent) => new LessonPanel(parent));

class LessonPanel {
  #root = make("div", { attributes: { "data-gateviz": "lesson" } });
  #data = null;
  #ask = () => {}; // the server for a card, by its id; "" leaves the lessons
  #chosen = null; // {card, index}: the choice that answered a card's question
  #turn = null; // the number of the last target
  #shownText = null; // the text of the picture that is drawn
  #waiting = null;
  #ends;
  #actions = {
    open: () => this.#ask(this.#data.card ? "" : this.#data.resume),
    close: () => this.#ask(""),
    lecture: () => setLecture(!isLecture()),
    keys: () => this.#root.querySelector("dialog").showModal(),
    previous: () => this.#data.card?.previous && this.#ask(this.#data.card.previous),
    next: () => this.#data.card?.next && this.#ask(this.#data.card.next),
    again: () => this.#data.card && this.#ask(this.#data.card.id),
    card: (id) => this.#ask(id),
    answer: (index) => this.#answer(index),
  };

  constructor(parent) {
    parent.append(this.#root);
    const listening = new AbortController();
    const on = (name, call) => document.addEventListener(name, call, { signal: listening.signal });
    const stopLecture = startLecture(); // before our own keys: in lecture mode a clicker steps, because no cards are seen
    on("keydown", (event) => this.#onKey(event));
    on("gateviz:ready", (event) => (this.#shownText = event.detail?.text ?? null));
    this.#ends = [() => listening.abort(), followLecture((isOn) => this.#markLecture(isOn)), stopLecture];
  }

  receive({ data, setTriggerValue }) {
    this.#data = data;
    this.#ask = (card) => setTriggerValue("go", { card, ...currentView() });
    if (this.#chosen?.card !== data.card?.id) this.#chosen = null;
    document.documentElement.toggleAttribute("data-gateviz-lesson", Boolean(data.card));
    document.documentElement.lang = data.language; // for screen readers, and for words in style sheets
    this.#draw();
    if (data.turn === this.#turn) return;
    this.#turn = data.turn;
    if (data.target) this.#aim(data.target);
  }

  dispose() {
    for (const end of this.#ends) end();
    clearTimeout(this.#waiting);
    document.documentElement.removeAttribute("data-gateviz-lesson");
    this.#root.remove();
  }

  #draw() {
    const focused = this.#root.getRootNode().activeElement?.dataset?.action;
    const act = (name, value) => this.#actions[name](value);
    const card = this.#data.card ? [drawCard(this.#data, this.#chosen, act)] : [];
    const strip = drawStrip(this.#data, this.#chosen, act);
    this.#root.replaceChildren(drawBar(this.#data, act), ...card, ...strip, drawKeys(this.#data.texts, { hasLessons: true }));
    this.#root.querySelector(`[data-action="${focused}"]`)?.focus({ preventScroll: true });
    this.#markLecture(isLecture());
  }

  #markLecture(isOn) {
    this.#root.toggleAttribute("data-lecture", isOn);
    this.#root.querySelector("[data-action=lecture]")?.setAttribute("aria-pressed", String(isOn));
  }

  /** Move the viewer to the card's place, once it shows the card's sentence. */
  #aim(target, until = performance.now() + PATIENCE) {
    clearTimeout(this.#waiting);
    const viewer = findViewer();
    const isOpen = Boolean(this.#data.card);
    if (viewer && (viewer.dataset.text ?? this.#shownText) === target.text) {
      moveViewer(viewer, { ...target, veil: this.#isOpenQuestion() });
      if (isOpen) scrollToPicture(".st-key-viewer, .st-key-hood");
      return;
    }
    const isGradients = !viewer && isOpen && document.documentElement.dataset.gatevizStrips === "drawn";
    if (isGradients && scrollToPicture(".st-key-saliency")) return;
    if (performance.now() < until) this.#waiting = setTimeout(() => this.#aim(target, until), RETRY);
  }

  #answer(index) {
    const { card, target } = this.#data;
    const question = card?.question;
    if (!question?.choices[index] || this.#chosen) return;
    this.#chosen = { card: card.id, index };
    const scrolled = this.#root.querySelector(".body").scrollTop;
    this.#draw();
    this.#root.querySelector(".body").scrollTop = scrolled;
    this.#root.querySelector(".answer").scrollIntoView({ block: "nearest" });
    this.#aim({ ...target, step: question.then }); // without such a step the cursor stays, and the veil falls
  }

  /** Whether the answer is still to be given, so that the future is veiled. */
  #isOpenQuestion() {
    const { card } = this.#data;
    return Boolean(card?.question) && this.#chosen === null;
  }

  #onKey(event) {
    if (isNotForPage(event) || !this.#data) return;
    const { card } = this.#data;
    const key = letterOf(event);
    const isCardSeen = card && !isLecture(); // of the card lecture mode shows the question alone
    const name = key === "?" ? "keys" : isCardSeen && CARD_KEYS[key];
    if (name) this.#actions[name]();
    else if (card?.question && /^[1-9]$/.test(key)) this.#answer(Number(key) - 1);
    else return;
    event.preventDefault();
  }
}
