// A page on which any sentence is read: a row to type it in, and the viewer. It needs no server that computes.

import { startLecture } from "../page/lecture_mode.js";
import { readPicture } from "../picture/pieces.js";
import { pictureOf } from "../reading/picture_of_text.js";
import { createSentenceReader } from "../reading/sentence_reader.js";
import { mountViewer } from "../viewer/viewer.js";
import { openingOfAnswers } from "./answers_at_end.js";
import { writeAddress } from "./languages.js";
import { cellsIn, hasNonsense, placeIn, textIn } from "./links.js";
import { createModelFiles } from "./model_files.js";
import { createTypingRow } from "./typing_row.js";
import { withCells } from "./some_cells.js";
import { problemOf, problemOfNumbers, sayUnknown } from "./typed_text.js";

/**
 * @typedef {object} Page What Python writes into the page.
 * @property {Object<string, Object<string, string>>} texts By language.
 * @property {string[]} examples Sentences to choose from.
 * @property {Object<string, Object<string, object[]>>} openings By language and place, "0.forward": what Python says of each
 *   example, as packing/openings.py packs it.
 * @property {string[]} cells
 * @property {{layer: number, direction: string}[]} places Which layers and directions can be shown.
 * @property {number} limit How many characters a sentence may have.
 */

export class ReadingPage {
  #page;
  #bytesOf;
  #fetchModel;
  #view;
  #onShown;
  #row;
  #language;
  #cells;
  #place;
  #text = null; // null: that of the picture which Python has packed
  #turn = 0;
  #linked = location.search; // what a link says, until the first picture is shown

  /**
   * @param {Page} page
   * @param {object} how
   * @param {(language: string, place: string) => Promise<Uint8Array>} how.bytesOf The picture that Python has packed.
   * @param {(name: string) => Promise<Uint8Array>} how.modelFile A file of a model.
   * @param {object} [how.view] How the picture begins: see mountViewer.
   * @param {(header: object) => void} how.onShown Called with the header of each picture that is shown.
   */
  constructor(page, { bytesOf, modelFile, view, onShown }) {
    this.#page = page;
    this.#bytesOf = bytesOf;
    this.#view = view;
    this.#onShown = onShown;
    this.#fetchModel = createModelFiles(modelFile, () => this.#texts);
    this.#cells = cellsIn(this.#linked, page.cells);
    this.#place = placeIn(this.#linked, page.places);
    const onPlace = (other) => this.#choose({ place: { ...this.#place, ...other } });
    this.#row = createTypingRow({ onText: (text) => this.read(text), onCells: (cells) => this.#choose({ cells }), onPlace }, page);
    document.getElementById("sentence").append(this.#row.element);
    document.getElementById("examples").append(this.#row.examples);
    startLecture();
  }

  get #texts() {
    return this.#page.texts[this.#language];
  }

  /** Show the page in a language; at first what the link names. */
  async speak(language) {
    this.#language = language;
    this.#row.speak(this.#texts);
    const linked = textIn(this.#linked);
    if (linked === null || this.#text !== null) return this.#show(this.#text);
    const problem = problemOf(linked, this.#page.limit, this.#texts);
    await this.#show(problem ? null : linked);
    if (problem) this.#row.say(problem);
  }

  /** Read a sentence that was typed. Where it cannot be read, one sentence says why, and all stays as it is. */
  async read(text) {
    const problem = problemOf(text, this.#page.limit, this.#texts);
    if (problem) this.#row.say(problem);
    else await this.#show(text);
  }

  #choose({ cells = this.#cells, place = this.#place }) {
    [this.#cells, this.#place] = [cells, place];
    return this.#show(this.#text);
  }

  /** Whether the page begins otherwise, so that the address says so. */
  #placeInAddress() {
    const { layer, direction } = this.#place;
    const [first] = this.#page.places;
    return { layer: layer === first.layer ? null : layer, direction: direction === first.direction ? null : direction };
  }

  async #show(text) {
    const turn = ++this.#turn;
    this.#row.busy(true);
    try {
      const { picture, remark } = await this.#pictureOf(text, () => turn === this.#turn);
      if (turn === this.#turn) this.#put(picture, remark);
    } catch (problem) {
      if (turn !== this.#turn) return;
      if (this.#linked !== null && text !== null) await this.#show(null); // the page is not left empty
      this.#row.say(problemOfNumbers(problem, this.#texts) ?? (problem.isSentence ? problem.message : this.#texts.no_picture));
    } finally {
      if (turn === this.#turn) this.#row.busy(false);
    }
  }

  #put(picture, remark) {
    const { header } = picture;
    const isOther = this.#linked === null && header.text !== this.#text;
    const isNonsense = this.#linked !== null && hasNonsense(this.#linked, header, this.#page);
    this.#linked = null;
    this.#text = header.text;
    this.#row.show(header.text, this.#cells, this.#place);
    this.#row.say(isNonsense ? this.#texts.link : remark);
    const cells = this.#cells.length === this.#page.cells.length ? null : this.#cells.join();
    writeAddress({ text: header.text, cells, ...this.#placeInAddress(), ...(isOther ? { step: null } : {}) });
    const takeOver = (text) => this.read(text.replaceAll("\n", " ")); // the box has one line
    mountViewer({ picture, view: this.#view, fetchModel: this.#fetchModel, takeOver, parentElement: document.getElementById("viewer") });
    this.#onShown(header);
  }

  /** The picture of a text, and a remark on what in it the models do not know. */
  async #pictureOf(text, isWanted) {
    const packed = await this.#packed();
    const isPacked = text === null || text === packed.header.text;
    const whole = isPacked ? packed : await this.#readHere(packed.header, text, isWanted);
    const picture = withCells(whole, this.#cells);
    const place = this.#page.examples.indexOf(picture.header.text);
    const isOfAll = this.#cells.length === this.#page.cells.length;
    const told = this.#page.openings[this.#language]?.[this.#placeName]?.[place];
    if (!isOfAll || !(told || isPacked)) Object.assign(picture.header, openingOfAnswers(picture, this.#texts));
    else Object.assign(picture.header, told);
    return { picture, remark: sayUnknown(picture.header.tokens, this.#texts) };
  }

  get #placeName() {
    return `${this.#place.layer}.${this.#place.direction}`;
  }

  async #packed() {
    const bytes = await this.#bytesOf(this.#language, this.#placeName).catch((problem) => {
      throw Object.assign(problem, problem.isAway ? { isSentence: true, message: this.#texts.no_answer } : {});
    });
    return readPicture(bytes);
  }

  /** Read a text here, one cell after another, so that the page answers in between and a newer sentence ends this one. */
  async #readHere(header, text, isWanted) {
    const reader = createSentenceReader(header, this.#fetchModel);
    await reader.ready();
    const readings = {};
    for (const cell of header.cells) {
      await new Promise((resolve) => setTimeout(resolve));
      if (!isWanted()) throw new Error("another sentence has been typed");
      readings[cell] = reader.read(cell, text);
    }
    return pictureOf(header, text, readings);
  }
}
