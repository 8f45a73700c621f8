// The viewer: one cursor through tokens, cells, guesses, curves and heatmaps. It draws what pack.py sent and asks the
// server for nothing but the pieces of a long text. Step and unit are kept here and in the address bar.
//
// The rest of a page talks to it by events on its root, [data-gateviz=viewer]. Steps and units count from 0.
//   gateviz:go     to the viewer: {step, unit, whole, cell, highlight, order, colour, veil, beats}, all optional. With unit
//                  null, or with whole, the diagrams show all units. `highlight` is a signal: it is lit in that cell, or in
//                  all where no cell is named, until the next gateviz:go. With `veil` all that lies right of the cursor is
//                  hidden, until veil: false. With `beats` the step is played in beats.
//   gateviz:view   on the document, to the viewer: {answer}. It calls answer(view) with how the picture is shown; the
//                  address then says the same.
//   gateviz:ready  from the viewer: {text}, when a picture is drawn.
//   gateviz:moved  from the viewer: {step, unit, cell}, when its cursor has moved.

import { Holding } from "../hand/holding.js";
import { make } from "../page/elements.js";
import { returnFocusTo } from "../page/focus_return.js";
import { keepPlace } from "../page/last_place.js";
import { followLecture, followLesson } from "../page/lecture_mode.js";
import { createMount } from "../page/mounts.js";
import { allowOtherNumbers } from "../picture/other_numbers.js";
import { readPicture } from "../picture/pieces.js";
import { stepsInWindow } from "../picture/time_window.js";
import { createSentenceReader } from "../reading/sentence_reader.js";
import { createServerReader } from "../reading/server_reader.js";
import { saveWhenAsked } from "../take_away/figure_files.js";
import { drawFigure } from "../take_away/saved_figures.js";
import { createWriting } from "../writing/writing.js";
import { createActions } from "./actions.js";
import { createAddressBar } from "./address_bar.js";
import { watchPage } from "./page_watch.js";
import { buildParts } from "./parts.js";
import { adoptPicture, applyWish, firstStep, firstWindow, followCursor, initialState, isCovered, revealAtEnd, viewOf } from "./view_state.js";
import { markCursor, markWaiting, removeMarks } from "./waiting_marks.js";

const RAPID = 200; // ms between two steps; nothing glides under a held key
const PATIENCE = 1500; // ms until a picture is drawn without the numbers of a long text

/**
 * Mount the viewer, or give the mounted one another picture.
 * @type {(options: {data?: Uint8Array, picture?: Picture, parentElement: Element, view?: object, fetchPiece?: Function,
 *   askWhole?: Function, fetchModel?: Function, askServer?: Function, takeOver?: Function}) => () => void}
 *   The picture comes as `data`, or it has been read already. `view` is how an exported page begins: see viewOf(). `fetchPiece` is
 *   how the pieces of a long text are asked for, and
 *   `askWhole` what to do where they do not come. `fetchModel` gives a file of a model: see sentence_reader.js.
 *   `askServer` lets the server read: see server_reader.js. `takeOver` puts a text into the box of the sentence.
 */
export const mountViewer = createMount((parent, options) => new Viewer(parent, options));

class Viewer {
  #root = make("div", { attributes: { "data-gateviz": "viewer", tabindex: "-1" } });
  #probe = make("div", { className: "theme-probe" });
  #state = initialState();
  #address = createAddressBar(this.#state);
  #actions = createActions(this.#state, {
    header: () => this.#picture.header,
    show: () => this.#show(),
    drawUnit: () => this.#drawUnit(),
    redraw: () => this.#redraw(),
    onStep: () => this.#stopGliding(),
    remember: () => this.#remember(),
  });
  #holding = new Holding(this.#state, {
    picture: () => this.#sent,
    drawNumbers: (cells) => this.#drawNumbers(cells),
    remember: () => this.#remember(),
  });
  #writing;
  #view; // how an exported page begins
  #fetchPiece;
  #fetchModel;
  #askServer;
  #ends; // functions that end what follows the page
  #sent = null; // the picture that was sent
  #picture = null; // the one that is shown: that, or one that is lent
  #kept = {}; // the step and the window of the one that was sent
  #parts = null;
  #received = 0; // pictures; only the last one is drawn
  #wish = null; // what was asked for before the first picture
  #lastStep = 0; // when, in ms
  #gliding = null; // the timer after which things glide again

  constructor(parent, { view, fetchPiece, fetchModel, askServer, takeOver = null }) {
    this.#view = view;
    this.#fetchPiece = fetchPiece;
    this.#fetchModel = fetchModel;
    this.#askServer = askServer;
    this.#writing = createWriting(this.#state, { lend: (picture) => this.#lend(picture), show: (step) => this.#showStep(step), takeOver });
    parent.append(this.#root, this.#probe);
    this.#probe.addEventListener("transitionend", () => this.#picture && this.#build()); // the theme was switched
    this.#ends = [
      watchPage(this.#root, {
        onKey: (event) => this.#parts?.onKey(event),
        onViewAsked: (answer) => this.#answerView(answer),
        onWish: (wish) => this.#grant(wish),
        onBack: () => this.#address.forget(), // the address is that of the picture which is coming
        onResize: () => this.#redraw(),
      }),
      saveWhenAsked((figure) => this.#drawFigure(figure)),
      followLecture((on) => this.#root.toggleAttribute("data-lecture", on)),
      followLesson((on) => this.#root.toggleAttribute("data-in-lesson", on)),
      returnFocusTo(this.#root),
    ];
  }

  async receive({ data, picture, askWhole }) {
    const turn = ++this.#received;
    const next = picture ?? (await readPicture(data, this.#fetchPiece, askWhole));
    const before = this.#sent;
    const isSame = next.header.id === before?.header.id && !next.header.pieces === !before?.header.pieces;
    if (turn !== this.#received || next === before || isSame) return;
    this.#address.forget(); // the old picture's step does not belong into the new one's address
    const { header } = next;
    const wished = { search: location.search, view: this.#view };
    const step = firstStep({ ...this.#state, ...this.#stand() }, header, before?.header, wished);
    await Promise.race([next.get(...firstWindow(this.#state, header, step)), patience()]); // until then the old picture stays
    if (turn !== this.#received) return;
    this.#address.forget();
    before?.leave();
    this.#takeBack();
    next.came = (first, last) => next === this.#picture && this.#onArrival(first, last);
    adoptPicture(this.#state, header, before?.header, { ...wished, search: location.search, step });
    next.reader ??= createSentenceReader(header, this.#fetchModel);
    next.serverReader ??= createServerReader(header, this.#askServer);
    this.#sent = this.#picture = allowOtherNumbers(next);
    this.#holding.adopt();
    this.#build();
    this.#tell("gateviz:ready", { text: header.text });
    if (this.#wish) this.#grant(this.#wish);
    if (this.#view === undefined) this.#remember(); // a link may be taken at any moment
  }

  dispose() {
    for (const end of this.#ends) end();
    this.#address.forget();
    clearTimeout(this.#gliding);
    this.#holding.dispose();
    removeMarks(this.#root);
    this.#sent?.leave();
    this.#writing.leave();
    this.#parts?.dispose();
    this.#root.remove();
    this.#probe.remove();
  }

  #build() {
    const { text } = this.#picture.header;
    const isPlaying = this.#parts?.isPlaying() && this.#root.dataset.text === text; // another language or theme does not stop it
    this.#parts?.dispose();
    this.#root.dataset.text = text; // tells which picture is drawn
    this.#parts = buildParts(this.#root, this.#picture, this.#state, { ...this.#actions, writing: this.#writing }, this.#holding);
    this.#redraw();
    if (isPlaying) this.#parts.play();
  }

  /** Show a picture that was made here in the place of the one that was sent; null: that one again. */
  #lend(picture) {
    if (picture) {
      if (this.#picture === this.#sent) {
        this.#address.settle();
        this.#kept = { step: this.#state.step, start: this.#state.start, isScrolled: this.#state.isScrolled };
        keepPlaces(this.#root);
      }
      Object.assign(this.#state, { step: 0, start: 0, isScrolled: false });
      this.#picture = allowOtherNumbers(picture);
    } else {
      this.#takeBack();
      this.#picture = this.#sent;
    }
    this.#build();
    this.#remember();
  }

  /** Where the cursor is in the picture that was sent. */
  #stand() {
    return this.#picture === this.#sent ? {} : this.#kept;
  }

  #takeBack() {
    Object.assign(this.#state, this.#stand());
    freePlaces(this.#root);
  }

  /** What is held has changed: the numbers are others, or the text that is written. */
  #drawNumbers(cells) {
    if (this.#picture !== this.#sent) this.#writing.writeAnew();
    this.#parts?.drawNumbers(this.#picture === this.#sent ? cells : []);
  }

  #showStep(step) {
    Object.assign(this.#state, { step, isScrolled: false });
    this.#redraw();
  }

  /** The address names places of the picture that was sent. */
  #remember() {
    if (this.#picture !== this.#sent) return;
    this.#address.remember();
    keepPlace({ text: this.#picture.header.text, step: this.#state.step, unit: this.#state.unit });
  }

  #redraw() {
    if (!this.#parts) return;
    this.#holding.follow();
    this.#follow();
    this.#parts.draw();
    this.#parts.light(this.#state.lit);
    this.#show();
  }

  #show() {
    const { step, unit } = this.#state;
    this.#follow();
    this.#root.dataset.step = step;
    revealAtEnd(this.#state, this.#picture.header);
    this.#root.toggleAttribute("data-covered", isCovered(this.#state));
    this.#root.toggleAttribute("data-veiled", this.#state.veiled);
    markWaiting(this.#root, this.#picture, this.#state);
    this.#parts.show();
    this.#tell("gateviz:moved", { step, unit, cell: this.#state.shown });
  }

  #follow() {
    followCursor(this.#state, this.#picture.header);
    markCursor(this.#root, this.#state.isCursorOutside);
  }

  #drawUnit() {
    this.#parts.draw();
    this.#show();
  }

  /** Of a long text these steps have come. */
  #onArrival(first, last) {
    const { step, start } = this.#state;
    const [from, to] = stepsInWindow(this.#picture.header, start);
    const isSeen = (last >= from && first <= to) || (last >= step - 1 && first <= step + 1);
    if (isSeen) return this.#redraw();
    this.#parts.paintMaps();
    this.#parts.colourTokens();
  }

  /** Nothing glides under a held key. It does again when the key has been let go. */
  #stopGliding() {
    const now = performance.now();
    if (now - this.#lastStep < RAPID) this.#root.classList.add("rapid");
    this.#lastStep = now;
    clearTimeout(this.#gliding);
    this.#gliding = setTimeout(() => this.#root.classList.remove("rapid"), RAPID);
  }

  /** Before the first picture, the latest wish waits for it. */
  #grant(wish) {
    this.#wish = this.#picture ? null : wish;
    if (!this.#picture) return;
    applyWish(this.#state, this.#picture.header, wish);
    this.#parts.stopBeats();
    this.#redraw();
    if (wish.beats) this.#parts.playBeats();
    this.#remember();
  }

  #answerView(answer) {
    if (!this.#picture) return;
    this.#address.settle(); // whoever asks takes a link too
    answer(viewOf({ ...this.#state, ...this.#stand() }));
  }

  async #drawFigure(figure) {
    const [picture, state] = [this.#picture, { ...this.#state }]; // as it is now, whatever moves meanwhile
    await picture?.get(...stepsInWindow(picture.header, state.start)); // a figure is saved whole
    await picture?.get(state.step - 1, state.step + 1);
    return drawFigure(this.#root, picture, state, figure);
  }

  #tell(name, detail) {
    this.#root.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** What stands above the cells keeps its height while a text is written there, so that nothing moves under the hand. */
function keepPlaces(root) {
  for (const [name, place] of Object.entries({ opening: "[data-opening]", tokens: ".tokens" })) {
    root.style.setProperty(`--${name}-high`, `${root.querySelector(place)?.offsetHeight ?? 0}px`);
  }
  root.dataset.writing = root.querySelector(".legends.beside") ? "legend-beside" : "";
}

function freePlaces(root) {
  delete root.dataset.writing;
}

function patience() {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE));
}
