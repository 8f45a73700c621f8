// The timeline of a training: a button that says how long the models were trained, and what it opens: the snapshots on a
// line, Play, and how good the models were after each. The server shows the models of one snapshot at a time, and Play asks
// for the next only when the one before has come.

import { fill } from "../format/texts.js";
import { make, makeIcon, write } from "../page/elements.js";
import { createMount } from "../page/mounts.js";
import { themeOf } from "../page/theme.js";
import { createScoreCurve } from "./score_curve.js";

const PLAY_INTERVAL = 900; // ms at least, so that the eye can follow
const PATIENCE = 4000; // ms until what the server has not answered is asked again
const PLAY = "M7 4l13 8-13 8z";
const PAUSE = "M7 5v14M17 5v14";
const CLOSE = "M6 6l12 12M18 6L6 18";

export default createMount((parent) => new Timeline(parent));

class Timeline {
  #root = make("div", { attributes: { "data-gateviz": "training" } });
  #label = make("button", { className: "label", attributes: { type: "button", "aria-haspopup": "dialog", "data-action": "training" } });
  #quick = makeButton("training-quick", PLAY);
  #play = makeButton("training-play", PLAY);
  #close = makeButton("training-close", CLOSE);
  #title = make("strong");
  #slider = make("input", { className: "slider", attributes: { type: "range", min: 0, step: 1 } });
  #curve = createScoreCurve();
  #card;
  #data = null;
  #ask = () => {};
  #wanted = null; // the snapshot that a person or Play wants, by its place; null: the one that is shown
  #asked = null; // the training step that the server was asked for last
  #waiting = null; // a timer while the server has not answered
  #playing = null; // a timer while Play runs

  constructor(parent) {
    const header = make("header", { children: [this.#play, this.#title, this.#close] });
    this.#card = make("section", { className: "card", attributes: { role: "dialog" }, children: [header, this.#curve.figures, this.#curve.element, this.#slider, this.#curve.note] });
    this.#card.hidden = true;
    this.#root.append(make("div", { className: "segment", children: [this.#quick, this.#label] }), this.#card);
    parent.append(this.#root);
    this.#label.addEventListener("click", () => this.#open(this.#card.hidden));
    this.#close.addEventListener("click", () => this.#open(false));
    for (const button of [this.#quick, this.#play]) button.addEventListener("click", () => this.#toggle());
    this.#slider.addEventListener("input", () => {
      const place = Number(this.#slider.value);
      this.#pause();
      this.#want(place);
    });
    this.#card.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation(); // it closes this card and leaves nothing else
      this.#open(false);
    });
  }

  receive({ data, setTriggerValue }) {
    const isAnother = this.#data && String(this.#data.steps) !== String(data.steps);
    this.#data = data;
    this.#ask = (step) => setTriggerValue("go", { step });
    if (isAnother) this.#pause();
    if (isAnother || data.step === this.#asked) this.#answered();
    if (isAnother || this.#wanted === this.#place) this.#wanted = null;
    this.#root.dataset.theme = themeOf(this.#root);
    for (const [cell, colour] of Object.entries(data.palettes[this.#root.dataset.theme])) this.#root.style.setProperty(`--${cell}`, colour);
    this.#curve.draw(data);
    this.#show();
    if (this.#wanted !== null && this.#waiting === null) this.#send(); // it has moved on meanwhile
    if (this.#playing !== null && this.#wanted === null) this.#playOn();
  }

  dispose() {
    this.#pause();
    this.#answered();
    this.#root.remove();
  }

  get #place() {
    return this.#data.steps.indexOf(this.#data.step);
  }

  get #last() {
    return this.#data.steps.length - 1;
  }

  #open(isOpen) {
    this.#card.hidden = !isOpen;
    this.#label.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) this.#slider.focus({ preventScroll: true });
    else {
      this.#pause();
      this.#label.focus({ preventScroll: true });
    }
  }

  #toggle() {
    if (this.#playing !== null) return this.#pause();
    if (this.#card.hidden) this.#open(true);
    this.#playing = 0;
    this.#want(this.#place === this.#last ? 0 : this.#place + 1);
  }

  #playOn() {
    if (this.#place === this.#last) return this.#pause();
    this.#playing = setTimeout(() => this.#want(this.#place + 1), PLAY_INTERVAL);
  }

  #pause() {
    clearTimeout(this.#playing);
    this.#playing = null;
    if (this.#data) this.#show();
  }

  #want(place) {
    this.#wanted = place === this.#place ? null : place;
    this.#show();
    if (this.#wanted !== null && this.#waiting === null) this.#send();
  }

  #send() {
    this.#asked = this.#data.steps[this.#wanted];
    this.#ask(this.#asked);
    this.#waiting = setTimeout(() => {
      this.#waiting = null;
      if (this.#wanted !== null) this.#send(); // the server may have started anew, and did not know this part
    }, PATIENCE);
  }

  #answered() {
    clearTimeout(this.#waiting);
    this.#waiting = null;
  }

  #show() {
    const { steps, texts, figures, scores } = this.#data;
    const place = this.#wanted ?? this.#place;
    const [step, last] = [steps[place], steps[this.#last]].map((number) => number.toLocaleString("en"));
    write(this.#label, fill(texts.title, { step, steps: last }));
    this.#label.title = texts.help;
    write(this.#title, fill(texts.card, { step, steps: last }));
    this.#card.setAttribute("aria-label", texts.timeline);
    Object.assign(this.#slider, { max: this.#last, value: place, ariaLabel: texts.timeline, ariaValueText: step });
    this.#slider.style.setProperty("--share", place / this.#last);
    for (const button of [this.#quick, this.#play]) nameButton(button, this.#playing === null ? texts.play : texts.pause, this.#playing === null ? PLAY : PAUSE);
    nameButton(this.#close, texts.close, CLOSE);
    this.#curve.show(this.#place, scores, figures);
  }
}

function makeButton(action, icon) {
  return make("button", { className: "icon", attributes: { type: "button", "data-action": action }, children: [makeIcon(icon)] });
}

function nameButton(button, name, icon) {
  button.querySelector("path").setAttribute("d", icon);
  Object.assign(button, { title: name, ariaLabel: name });
}
