// A long text comes in pieces: first its header, then the steps that are looked at, then those beside them, and when
// nothing else is needed, the rest. Until its piece has come a number is NaN, which is shown as a dash.

import { clampStep } from "./time_window.js";
import { unpack } from "./unpack.js";

const AT_ONCE = 2; // requests that run at the same time
const RETRY = 2000; // ms until a piece that failed is asked for again; twice as long after each further failure
const LONGEST = 60_000; // ms
const GIVE_UP = 6; // so many failures one after another are no accident: the whole picture is asked for
const PATIENCE = 3; // a piece that nobody looks at waits this many times the last request's time, because a class shares its network

const pictures = new WeakMap(); // by bytes: the same bytes are read once

/**
 * @typedef {object} Picture A sentence as some architectures read it.
 * @property {import("./unpack.js").Header} header
 * @property {import("./unpack.js").Signals} signals A value is NaN until it has come.
 * @property {(first: number, last: number) => boolean} has Whether the values of these steps have come.
 * @property {(cell: string) => [number, number][]} spans The steps of an architecture that have come, each span as [from, to).
 * @property {(step: number, first: number, last: number) => void} look Tell which step, and which window, is looked at.
 * @property {(first: number, last: number) => Promise<void>} get Resolves when these steps have come.
 * @property {() => void} leave Stop asking for more.
 * @property {{signals: Signals, expected: object}} [plain] What Python sent, and
 * @property {(cell: string, numbers: ?object) => void} [put] how other numbers are shown in its place: other_numbers.js.
 * @property {?object} [reader] Reads other sentences, or this one with a gate held: reading/sentence_reader.js.
 * @property {?object} [serverReader] Does the latter where the weights cannot be had: reading/server_reader.js.
 * @property {Object<string, object[]>} [stretches] What made the other numbers.
 * @property {(first: number, last: number) => void} [came] Called when steps have come.
 */

/**
 * @param {Uint8Array} bytes A whole picture, or the header of one that comes in pieces.
 * @param {(name: string) => Promise<Uint8Array>} [fetchPiece] How a piece is asked for. It rejects with `isRefusal` where the
 *   answer was no: then it will be no again.
 * @param {() => void} [askWhole] Called where pieces do not come: the same picture is to be sent whole.
 * @returns {Promise<Picture>}
 */
export function readPicture(bytes, fetchPiece, askWhole) {
  if (!pictures.has(bytes)) {
    pictures.set(bytes, unpack(bytes).then((found) => (found.header.pieces ? new PictureInPieces(found.header, fetchPiece, askWhole) : wholePicture(found))));
  }
  return pictures.get(bytes);
}

/** A picture whose values are all there. */
function wholePicture({ header, signals }) {
  return {
    header,
    signals,
    has: () => true,
    spans: () => [[0, header.tokens.length]],
    look: () => {},
    get: async () => {},
    leave: () => {},
  };
}

/** A picture of which only the header is there. */
class PictureInPieces {
  #fetchPiece;
  #askWhole;
  #failed = 0; // pieces that were asked for, one after another
  #refused = 0; // of them those that will be refused again
  #size;
  #steps;
  #values; // what has come, whatever is shown in its place
  #come = new Set(); // pieces
  #running = new Set(); // pieces that are asked for
  #near = []; // pieces that are looked at
  #needed = []; // pieces that somebody waits for
  #rest = []; // all pieces, the nearest first
  #waiting = []; // {pieces, resolve}
  #quiet = null; // the timer of the rest

  constructor(header, fetchPiece, askWhole = () => {}) {
    this.header = header;
    this.#fetchPiece = fetchPiece;
    this.#askWhole = askWhole;
    this.#size = header.pieces.size;
    this.#steps = header.tokens.length;
    this.#values = mapSignals(header.pieces.signals, (units) => new Float32Array(this.#steps * units).fill(NaN));
    this.signals = this.#values;
    this.came = () => {};
  }

  has(first, last) {
    return this.#piecesOf(first, last).every((piece) => this.#come.has(piece));
  }

  spans() {
    return [...this.#come].map((piece) => this.#span(piece));
  }

  look(step, first, last) {
    const here = this.#pieceOf(step);
    const distance = (piece) => Math.abs(piece - here);
    this.#near = [...this.#piecesOf(step - 1, step + 1), ...this.#piecesOf(first, last)];
    const beside = this.#piecesOf(first - this.#size, last + this.#size);
    const all = this.#piecesOf(0, this.#steps - 1).sort((one, other) => distance(one) - distance(other));
    this.#rest = [...beside, ...all];
    this.#work();
  }

  get(first, last) {
    const pieces = this.#piecesOf(first, last);
    this.#needed.push(...pieces);
    this.#work();
    return new Promise((resolve) => {
      this.#waiting.push({ pieces, resolve });
      this.#settle();
    });
  }

  leave() {
    clearTimeout(this.#quiet);
    [this.#near, this.#needed, this.#rest, this.#waiting] = [[], [], [], []];
    this.came = () => {};
  }

  #pieceOf(step) {
    return Math.floor(clampStep(step, this.#steps) / this.#size);
  }

  #piecesOf(first, last) {
    const from = this.#pieceOf(first);
    return Array.from({ length: this.#pieceOf(last) - from + 1 }, (_, place) => from + place);
  }

  #span(piece) {
    return [piece * this.#size, Math.min(this.#steps, (piece + 1) * this.#size)];
  }

  #firstMissing(pieces) {
    return pieces.find((piece) => !this.#come.has(piece) && !this.#running.has(piece));
  }

  #work() {
    while (this.#running.size < AT_ONCE) {
      const piece = this.#firstMissing([...this.#near, ...this.#needed]);
      if (piece === undefined) break;
      this.#bring(piece);
    }
  }

  async #bring(piece) {
    const began = performance.now();
    this.#running.add(piece);
    clearTimeout(this.#quiet);
    try {
      this.#take(piece, await unpack(await this.#fetchPiece(`${this.header.pieces.name}/${piece}`)));
      this.#failed = 0;
    } catch (problem) {
      this.#failed += 1;
      if (problem.isRefusal ? this.#refused++ % GIVE_UP === 0 : this.#failed % GIVE_UP === 0) this.#askWhole();
      const pause = RETRY * 2 ** Math.floor((this.#failed - 1) / AT_ONCE);
      await new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST, pause))); // Streamlit says that the server is away
    }
    this.#running.delete(piece);
    this.#settle();
    this.#work();
    if (!this.#running.size) this.#quiet = setTimeout(() => this.#bringRest(), PATIENCE * (performance.now() - began));
  }

  #bringRest() {
    const piece = this.#firstMissing(this.#rest);
    if (piece !== undefined) this.#bring(piece);
  }

  #take(piece, { signals }) {
    const [first, end] = this.#span(piece);
    mapSignals(signals, (values, cell, name) => this.#values[cell][name].set(values, first * this.header.pieces.signals[cell][name]));
    this.#come.add(piece);
    this.came(first, end - 1);
  }

  #settle() {
    const done = this.#waiting.filter(({ pieces }) => pieces.every((piece) => this.#come.has(piece)));
    this.#waiting = this.#waiting.filter((one) => !done.includes(one));
    this.#needed = this.#needed.filter((piece) => !this.#come.has(piece));
    for (const { resolve } of done) resolve();
  }
}

/** The same cells and names, with change(value, cell, name) for each value. */
function mapSignals(signals, change) {
  const entries = Object.entries(signals).map(([cell, named]) => [
    cell,
    Object.fromEntries(Object.entries(named).map(([name, value]) => [name, change(value, cell, name)])),
  ]);
  return Object.fromEntries(entries);
}
