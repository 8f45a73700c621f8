// "Write on": all cells go on with the sentence, each in its own way, a token at a time, and the picture grows along. A setting that
// is changed writes the text anew, at once.
//
// The picture that is written is lent to the viewer in the place of the one that was sent. The state of the writing lives as long
// as the viewer, because the viewer's parts are made anew for each picture.

import { PoemError, writesPoems } from "../engine/poems.js";
import { createEngineWriter, createReplay } from "./cell_writers.js";
import { initialSettings, longerLength, plansOf } from "./plans.js";
import { createSheet } from "./sheet.js";
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
      isPoem: this.#isPoem(),
      lines: this.#isReplay() ? 1 : 2 * this.#sheets.length,
      goTo: (...place) => this.#goTo(...place),
      takeOver: this.#effects.takeOver && !this.#isReplay() ? (cell) => this.#takeOver(cell) : null,
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
    const { header, reader } = picture;
    const { kind } = header.expected[header.cells[0]];
    if (kind !== "text" && !(kind === "next" && reader)) return;
    this.#strip = createWriteStrip(header.texts, {
      press: () => this.#press(),
      change: () => this.writeAnew(),
      close: () => this.#close(),
    });
  }

  #press() {
    if (this.#isBusy()) this.#stop();
    else if (!this.#sheets.length || (this.#phase === "ended" && this.#isReplay())) this.#begin(0);
    else if (this.#phase === "stopped") this.#goOn();
    else this.#writeMore();
  }

  /** A text that has come to its length becomes longer; a poem that is whole is followed by another. */
  #writeMore() {
    const { length, seed } = this.#settings;
    const isPoem = this.#isPoem();
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
    const { header, reader } = this.#sent;
    const { texts } = header;
    if (this.#isReplay()) return [null];
    try {
      await reader.ready();
    } catch {
      this.#strip.say(texts.write_no_weights);
      return null;
    }
    this.#strip.offer(this.#settings, this.#isPoem());
    try {
      return plansOf(reader.model(header.cells[0]), header.text, this.#settings);
    } catch (problem) {
      if (!(problem instanceof PoemError)) throw problem;
      this.#strip.say({ heads: texts.poem_wrong_heads, beginning: texts.poem_wrong_beginning }[problem.what]);
      return null;
    }
  }

  /** A sheet for each plan. Sheets of the same size are written over. */
  #lay(plans) {
    const { header } = this.#sent;
    const sizes = plans.map((plan) => this.#sizeOf(plan));
    const isSame = sizes.length === this.#sheets.length && sizes.every(({ given, steps }, place) => given === this.#sheets[place].given && steps === this.#sheets[place].steps);
    if (isSame) this.#lines?.clear();
    else {
      this.#sheets = sizes.map((size, place) => createSheet(this.#sent, { ...size, id: `${header.id} written ${this.#turn}.${place}` }));
      this.#shown = -1;
    }
    this.#sheets.forEach((sheet, place) => sheet.start(Object.fromEntries(header.cells.map((cell) => [cell, this.#writer(cell, plans[place])]))));
  }

  #sizeOf(plan) {
    const { header, reader } = this.#sent;
    if (!plan) return { text: header.text, steps: header.tokens.length, given: header.expected[header.cells[0]].asked_from + 1 };
    const given = reader.model(header.cells[0]).tokenizer.tokenize(plan.prompt).length;
    return { text: plan.prompt, steps: plan.steps, given };
  }

  #writer(cell, plan) {
    if (!plan) return createReplay(this.#sent, cell);
    return createEngineWriter(this.#sent, cell, plan, this.#settings, this.#state.holds.filter((hold) => hold.cell === cell));
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
    const start = this.#isPoem() ? 1 : 0; // a poem's first token is its start mark
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

  #isReplay() {
    return this.#sent.header.expected[this.#sent.header.cells[0]].kind === "text";
  }

  #isPoem() {
    const { header, reader } = this.#sent;
    return Boolean(reader?.isReady(header.cells[0]) && writesPoems(reader.model(header.cells[0])));
  }
}

/** Whether a person wants to see no motion: the text then comes at once. */
function isStill() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
