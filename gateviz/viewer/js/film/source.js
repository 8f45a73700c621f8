// Where the frames of a film come from: the server is asked for those that are new, as long as the training goes on.

const OFTEN = 300; // ms between two questions while it runs
const SELDOM = 2000; // ms while it waits for its turn or stands still, or when the server does not answer

/**
 * @typedef {object} Frame
 * @property {number} step Of the training.
 * @property {Object<string, object>} cells experiments/film.py says what a cell's part is.
 */

/** Asks for one film until it has ended, and calls `changed(film)` after each answer. */
export class FilmSource {
  #name;
  #changed;
  #request;
  #language = "en";
  #timer = null;
  #isOver = false;

  constructor(name, changed, fetchFilm) {
    this.#name = name;
    this.#changed = changed;
    this.#request = fetchFilm;
    /** @type {{header: ?object, frames: Frame[], status: object}} */
    this.film = { header: null, frames: [], status: { state: "waiting" } };
  }

  get name() {
    return this.#name;
  }

  start(language) {
    this.#language = language;
    if (this.#name) this.#ask();
  }

  /** Have the training paused, resumed or stopped. */
  order(word) {
    this.#ask(word);
  }

  leave() {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  async #ask(word) {
    clearTimeout(this.#timer);
    const { frames } = this.film;
    const answer = await this.#request(this.#name, { from: frames.length, language: this.#language, word }).catch(() => null);
    if (this.#isOver) return;
    if (answer) this.#take(answer);
    const { state } = this.film.status;
    clearTimeout(this.#timer);
    if (state !== "ended" && state !== "gone") this.#timer = setTimeout(() => this.#ask(), state === "running" && answer ? OFTEN : SELDOM);
    this.#changed(this.film);
  }

  #take({ header, frames, first, ...status }) {
    this.film.header = header ?? this.film.header;
    this.film.frames.splice(first ?? this.film.frames.length, Infinity, ...frames); // two answers may have overlapped
    this.film.status = status;
  }
}
