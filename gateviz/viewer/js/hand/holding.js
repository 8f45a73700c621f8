// What is held, and what follows from it. A change is shown once in the next frame: the held cells are computed anew, and all parts draw
// their numbers. The valves alone follow the hand until the weights have come, and where a text is so long that its numbers wait until the
// hand rests. Where the weights cannot be had, the server computes.

import { createHistory } from "./history.js";
import { numbersUnder } from "./held_numbers.js";
import { fittingHolds, writeHolds } from "./holds.js";
import { createServerTurns } from "./server_turns.js";

const SLOW = 100; // ms; numbers that take longer wait until the hand has rested
const REST = 150; // ms

export class Holding {
  #state;
  #effects;
  #history = createHistory();
  #shown = new Map(); // by cell, the holds that its numbers are of
  #frame = null; // the next one, in which the numbers are computed
  #timer = null;
  #took = 0; // how long the last computation took, in ms
  #problem = null;
  #turns = createServerTurns();
  #other = null; // the sentence that holds are copied from

  /**
   * @param {import("../viewer/view_state.js").ViewState} state
   * @param {object} effects
   * @param {() => import("../picture/pieces.js").Picture} effects.picture The one that is shown.
   * @param {(cells: string[]) => void} effects.drawNumbers Draw what is held, and the other numbers of these architectures.
   * @param {() => void} effects.remember Remember the state in the address.
   */
  constructor(state, effects) {
    [this.#state, this.#effects] = [state, effects];
  }

  /** Why the numbers cannot come: {name, reason}, or null. */
  get problem() {
    return this.#problem;
  }

  /** Hold something else. What one hand does in one move is undone at once. */
  change(holds, isSameMove = false) {
    if (!isSameMove) this.#history.change(this.#state.holds);
    this.#hold(holds);
  }

  undo() {
    return this.#goTo(this.#history.undo(this.#state.holds));
  }

  redo() {
    return this.#goTo(this.#history.redo(this.#state.holds));
  }

  /** Another picture is shown: what it does not have is let go of. */
  adopt() {
    const now = this.#effects.picture();
    this.#shown.clear();
    this.#problem = null;
    this.#turns = createServerTurns();
    this.#took = 0;
    for (const cell of now.header.cells) now.put(cell, null);
    this.#fit();
  }

  /** Whether another sentence is compared with, or none any more: what is copied from it follows. */
  follow() {
    if (this.#state.other === this.#other || !this.#state.holds.some(({ value }) => value === "other")) return;
    this.#fit();
  }

  dispose() {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
  }

  #fit() {
    const now = this.#effects.picture();
    this.#other = this.#state.other;
    this.#state.holds = now.reader ? fittingHolds(this.#state.holds, now.header, this.#other !== null).holds : [];
    this.#schedule();
  }

  #goTo(holds) {
    if (holds) this.#hold(holds);
    return holds !== null;
  }

  #hold(holds) {
    this.#state.holds = holds;
    if (!holds.length && this.#state.other === null) this.#state.mapLook = "after";
    this.#problem = null;
    this.#schedule();
    this.#effects.remember();
  }

  #schedule() {
    if (this.#took > SLOW) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#update(), REST);
    }
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      if (this.#timer === null) this.#update();
      else this.#effects.drawNumbers(this.#state.holds.map(({ cell }) => cell));
    });
  }

  #update() {
    this.#timer = null;
    const now = this.#effects.picture();
    if (!now) return;
    const began = performance.now();
    const changed = now.header.cells.filter((cell) => this.#compute(now, cell));
    this.#took = performance.now() - began;
    this.#effects.drawNumbers(changed);
  }

  /** Whether the numbers of a cell are others than before. */
  #compute(now, cell) {
    const { holds, other } = this.#state;
    const own = holds.filter((hold) => hold.cell === cell);
    const wanted = own.length ? `${writeHolds(own)} ${own.some(({ value }) => value === "other") ? other : ""}` : "";
    if (wanted === (this.#shown.get(cell) ?? "")) return false;
    if (own.length && !now.reader.isReady(cell)) {
      if (this.#turns.has(cell)) this.#letServerRead(now, cell, own, wanted);
      else this.#bring(now, cell);
      return true; // its valves follow
    }
    try {
      now.put(cell, own.length ? numbersUnder(now, cell, own, other) : null);
      this.#shown.set(cell, wanted);
    } catch (error) {
      this.#state.holds = holds.filter((hold) => hold.cell !== cell); // of a link, of what the model does not have
      this.#problem = { name: "refused", reason: error.message };
      this.#schedule();
    }
    return true;
  }

  #bring(now, cell) {
    const isShown = () => now === this.#effects.picture();
    const onFailure = (error) => {
      if (!isShown()) return;
      if (now.serverReader) {
        this.#turns.add(cell);
        return this.#schedule();
      }
      this.#problem = { name: "problem", reason: error.message };
      this.#effects.drawNumbers([]);
    };
    now.reader.ready([cell]).then(() => isShown() && this.#schedule(), onFailure);
  }

  /** What is held when the server has answered is asked for then. */
  #letServerRead(now, cell, own, wanted) {
    const how = { holds: writeHolds(own), other: this.#state.other };
    const onAnswer = (numbers, problem) => {
      if (now !== this.#effects.picture()) return;
      this.#shown.set(cell, wanted);
      if (problem) this.#problem = { name: "problem", reason: problem.message };
      else now.put(cell, numbers);
      this.#effects.drawNumbers([cell]);
      this.#schedule();
    };
    this.#turns.take(cell, () => now.serverReader.readSoon(cell, now.header.text, how), onAnswer);
  }
}
