// "Write on": all cells go on with the sentence, each in its own way, a token at a time, and the picture grows along. A setting that
// is changed writes the text anew, at once.
//
// The picture that is written is lent to the viewer in the place of the one that was sent. The state of the writing lives as long
// as the viewer, because the viewer's parts are made anew for each picture.

import { PoemError } from "../engine/poems.js";
import { createContinuation } from "./continuation.js";
import { initialSettings, longerLength } from "./plans.js";
import { createWriteStrip } from "./write_strip.js";
import { createWrittenLines } from "./written_lines.js";

const PACE = 120; // ms a token
const SLICE = 12; // ms of work in one go, so that the page stays at hand

/**
 * @param {import("../viewer/view_state.js").ViewState} state
 * @param {object} effects
 * @param {(picture: ?Picture) => void} effects.lend Show this picture in the place of the one that was sent; null: that one again.
 * @param {(step: number) => void} effects.show Show a step of it, and what has been added.
 * @param {?(text: string) => void} effects.takeOver Put a text into the box of the sentence; null: there is none.
 * @returns {Writing}
 */
export function createWriting(state, effects) {
  return new Writing(state, effects);
}

class Writing {
  #state;
  #effects;
  #settings = initialSettings();
  #sent = null; // the picture that was sent
  #continuation = null; // how its sentence is gone on with, if it can be
  #strip = null;
  #lines = null;
  #sheets = [];
  #current = 0; // the sheet that is written
  #shown = -1; // the sheet that is shown
  #followed = null; // the step that was shown last because it was new; the cursor is somewhere else when a person has moved it
  #phase = "closed"; // or "waiting" for weights, "writing", "stopped", "ended"
  #turn = 0; // what was begun in an earlier turn ends
  #isRewriting = false;
  #isStale = false; // whether a setting was changed while the text was written anew

  constructor(state, effects) {
    this.#state = state;
    this.#effects = effects;
  }

  /**
   * What the viewer draws of this beside a picture: the strip, what stands above the tokens, and a line for each cell; null where
   * there is none. `show` marks what the cells wrote at the step that is shown.
   */
  attach(picture, theme) {
    if (picture !== this.#sent && !this.#sheets.some((sheet) => sheet.picture === picture)) this.#adopt(picture);
    const lines = picture === this.#sent ? null : this.#createLines(picture, theme);
    this.#lines = lines;
    return {
      strip: this.#strip?.element ?? null,
      heading: lines?.heading ?? null,
      line: (cell) => lines?.element(cell) ?? null,
      show: () => lines?.mark(this.#shown, this.#state.step),
      onEscape: () => this.#escape(),
    };
  }

  #createLines(picture, theme) {
    const lines = createWrittenLines(picture.header, theme, {
      isPoem: this.#continuation.isPoem(),
      lines: this.#continuation.isReplay ? 1 : 2 * this.#sheets.length,
      goTo: (...place) => this.#goTo(...place),
      takeOver: this.#effects.takeOver && !this.#continuation.isReplay ? (cell) => this.#takeOver(cell) : null,
    });
    this.#sheets.forEach(({ rows }, sheet) => rows.forEach((tokens, step) => lines.add(tokens, sheet, step)));
    return lines;
  }

  /** Escape stops the writing, and then puts the sentence back. Tells whether there was anything to do. */
  #escape() {
    if (this.#phase === "closed") return false;
    if (this.#isBusy()) this.#stop();
    else this.#close();
    return true;
  }

  /** Another setting, or something else is held: the same beginning, at once. */
  async writeAnew() {
    if (this.#phase === "closed") return;
    this.#isStale = true;
    if (this.#isRewriting) return;
    this.#isRewriting = true;
    while (this.#isStale) {
      this.#isStale = false;
      await this.#begin(Infinity);
    }
    this.#isRewriting = false;
  }

  leave() {
    this.#turn += 1;
  }

  /** Another picture was sent: nothing is written there yet. */
  #adopt(picture) {
    this.leave();
    [this.#sent, this.#sheets, this.#shown, this.#phase, this.#strip] = [picture, [], -1, "closed", null];
    this.#continuation = createContinuation(picture);
    if (!this.#continuation) return;
    this.#strip = createWriteStrip(picture.header.texts, {
      press: () => this.#press(),
      change: () => this.writeAnew(),
      close: () => this.#close(),
    });
  }

  #press() {
    if (this.#isBusy()) this.#stop();
    else if (!this.#sheets.length || (this.#phase === "ended" && this.#continuation.isReplay)) this.#begin(0);
    else if (this.#phase === "stopped") this.#goOn();
    else this.#writeMore();
  }

  /** A text that has come to its length becomes longer; a poem that is whole is followed by another. */
  #writeMore() {
    const { length, seed } = this.#settings;
    const isPoem = this.#continuation.isPoem();
    Object.assign(this.#settings, isPoem ? { seed: seed + 1 } : { length: longerLength(length) });
    this.#strip.showSettings();
    this.#begin(isPoem ? 0 : this.#sheets[0].written);
  }

  /** Write from the beginning: so many steps at once, the others one by one. */
  async #begin(atOnce) {
    this.leave();
    const turn = this.#turn;
    this.#setPhase("waiting");
    this.#strip.say("");
    const plans = await this.#plans();
    if (turn !== this.#turn) return;
    if (!plans) return this.#setPhase("stopped");
    this.#lay(plans);
    [this.#current, this.#followed] = [0, null];
    await this.#write(atOnce);
  }

  async #goOn() {
    this.leave();
    await this.#write(0);
  }

  async #write(atOnce) {
    const turn = this.#turn;
    this.#setPhase("writing");
    for (; this.#current < this.#sheets.length; this.#current++) {
      await this.#fill(this.#sheets[this.#current], isStill() ? Infinity : atOnce);
      if (turn !== this.#turn) return;
    }
    this.#setPhase("ended");
  }

  /** Write a sheet to its end, the first steps at once, the others one by one. */
  async #fill(sheet, atOnce) {
    const turn = this.#turn;
    const quick = Math.max(sheet.given, atOnce);
    let began = performance.now();
    for (;;) {
      if (sheet.written === sheet.given) this.#lend(this.#current);
      if (sheet.written >= quick) await pause(PACE);
      else if (performance.now() - began > SLICE) await pause(0).then(() => (began = performance.now()));
      if (turn !== this.#turn) return;
      const tokens = sheet.advance();
      if (!tokens) break;
      this.#lines?.add(tokens, this.#current, sheet.written - 1);
      if (sheet.written > quick) this.#showNew(sheet);
    }
    this.#showNew(sheet);
  }

  /** @returns {Promise<?Plan[]>} What is to be written; null, and a sentence, where nothing can be. */
  async #plans() {
    const { texts } = this.#sent.header;
    try {
      await this.#continuation.ready();
    } catch {
      this.#strip.say(texts.write_no_weights);
      return null;
    }
    if (!this.#continuation.isReplay) this.#strip.offer(this.#settings, this.#continuation.rhymes());
    try {
      return this.#continuation.plans(this.#settings);
    } catch (problem) {
      if (!(problem instanceof PoemError)) throw problem;
      this.#strip.say({ heads: texts.poem_wrong_heads, beginning: texts.poem_wrong_beginning }[problem.what]);
      return null;
    }
  }

  /** Lay out the sheets. Those that are there already are written over. */
  #lay(plans) {
    const before = this.#sheets;
    this.#sheets = this.#continuation.sheetsFor(plans, before, `written ${this.#turn}`);
    if (this.#sheets === before) this.#lines?.clear();
    else this.#shown = -1;
    this.#continuation.start(this.#sheets, plans, this.#settings, this.#state.holds);
  }

  #lend(place) {
    if (place === this.#shown) return;
    [this.#shown, this.#followed] = [place, null];
    this.#strip.keepFocus(() => this.#effects.lend(this.#sheets[place].picture));
  }

  /** The cursor goes along, unless a person has moved it. */
  #showNew(sheet) {
    const isFollowing = this.#followed === null || this.#followed === this.#state.step;
    if (isFollowing) this.#followed = sheet.written - 1;
    this.#effects.show(isFollowing ? this.#followed : this.#state.step);
  }

  #goTo(place, step) {
    this.#lend(place);
    this.#followed = -1;
    this.#effects.show(step);
  }

  #takeOver(cell) {
    this.#stop();
    const start = this.#continuation.isPoem() ? 2 : 0; // a poem begins after its form and its rhyme
    const text = this.#sheets.map((sheet) => sheet.textOf(cell, start)).join("");
    this.#effects.takeOver(text.replace(/[\t\n\v\f\r]+/g, " ")); // the box has one line
  }

  #stop() {
    this.leave();
    this.#setPhase("stopped");
  }

  #close() {
    this.leave();
    const isLent = this.#shown >= 0;
    [this.#sheets, this.#shown] = [[], -1];
    this.#setPhase("closed");
    this.#strip.say("");
    if (isLent) this.#strip.keepFocus(() => this.#effects.lend(null));
  }

  #setPhase(phase) {
    this.#phase = phase;
    this.#strip.show(phase);
  }

  #isBusy() {
    return this.#phase === "waiting" || this.#phase === "writing";
  }
}

/** Whether a person wants to see no motion: the text then comes at once. */
function isStill() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
