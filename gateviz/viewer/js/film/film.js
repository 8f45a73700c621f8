// The film of a training on the page Train: what three models do with one text, from the first step to the last. It is
// scrubbed and played here; while the training runs, its new frames come from the server.

import { make, write } from "../page/elements.js";
import { isNotForPage, pressesSomething } from "../page/keyboard.js";
import { followLecture } from "../page/lecture_mode.js";
import { createMount } from "../page/mounts.js";
import { themeOf } from "../page/theme.js";
import { createBands } from "./bands.js";
import { createCourseChart } from "./course_chart.js";
import { createGradientChart } from "./gradient_chart.js";
import { makeScaleLegend } from "./scale_legend.js";
import { placeOf } from "./scales.js";
import { FilmSource } from "./source.js";
import { createTransport } from "./transport.js";
import { frameLine } from "./words.js";

/** Which share of the gates that keep is nearly shut or nearly open. */
const saturationOf = ({ saturation = {} }) => {
  const [shut, open] = saturation.forget_gate ?? saturation.update_gate ?? [null, null];
  return shut === null ? null : shut + open;
};
const WHOLE_FILM = 8000; // ms that playing all of it takes, but
const [SHORTEST, LONGEST] = [110, 800]; // ms a frame at least, and at most

export const mountFilm = createMount((parent, { fetchFilm }) => new Film(parent, fetchFilm));

class Film {
  #root = make("div", { attributes: { "data-gateviz": "film", tabindex: "-1" } });
  #line = make("p", { className: "line", attributes: { "aria-live": "polite" } });
  #bands = createBands();
  #gradients = createGradientChart();
  #charts;
  #written = make("div", { className: "film-written" });
  #legend = make("div", { className: "film-legend" });
  #transport;
  #source = null;
  #data = null;
  #tell = () => {};
  #at = 0; // the place of the frame that is shown
  #follows = true; // whether each new frame is shown when it comes
  #playing = null; // a timer while the film plays
  #drawn = null; // what the maps were drawn for
  #fetchFilm;
  #ends;

  constructor(parent, fetchFilm) {
    this.#fetchFilm = fetchFilm;
    const seek = (share) => this.#seek(share);
    this.#charts = [
      createCourseChart({ name: "score", high: 96, seek }),
      createCourseChart({ name: "loss", high: 58, seek }),
      createCourseChart({ name: "norm", high: 58, seek }),
      createCourseChart({ name: "here", high: 58, seek }),
      createCourseChart({ name: "saturated", high: 58, hasSteps: true, seek }),
    ];
    this.#transport = createTransport({ togglePlay: () => this.#togglePlay(), seek, go: (count) => this.#go(count), order: (word) => this.#source?.order(word) });
    const maps = make("div", { className: "film-left-side", children: [this.#bands.element, this.#gradients.element, this.#legend] });
    const courses = make("div", { className: "film-courses", children: [...this.#charts.map((chart) => chart.element), this.#written] });
    this.#root.append(this.#line, this.#transport.element, make("div", { className: "film", children: [maps, courses] }));
    parent.append(this.#root);
    const resized = new ResizeObserver(() => requestAnimationFrame(() => this.#resize()));
    resized.observe(this.#root);
    const listening = new AbortController();
    document.addEventListener("keydown", (event) => this.#onKey(event), { signal: listening.signal });
    this.#ends = [() => resized.disconnect(), () => listening.abort(), followLecture((on) => this.#root.toggleAttribute("data-lecture", on))];
  }

  receive({ data, setTriggerValue }) {
    this.#data = data;
    this.#tell = (name) => setTriggerValue("ended", name);
    const theme = themeOf(this.#root);
    this.#root.dataset.theme = theme;
    for (const [cell, colour] of Object.entries(data.palettes[theme].cell)) this.#root.style.setProperty(`--${cell}`, colour);
    this.#legend.replaceChildren(...makeScaleLegend(data.palettes[theme], data.texts));
    if (this.#source?.name !== data.name) this.#open(data);
    this.#drawn = null;
    this.#draw();
  }

  dispose() {
    this.#source?.leave();
    clearTimeout(this.#playing);
    for (const end of this.#ends) end();
    this.#root.remove();
  }

  #open({ name, language, begins }) {
    this.#source?.leave();
    this.#pause();
    [this.#follows, this.#at] = [!begins, 0];
    let hasRun = false;
    this.#source = new FilmSource(name, ({ status }) => {
      if (hasRun && status.state === "ended") this.#tell(name); // the page can then offer the models
      hasRun = ["queued", "running", "paused"].includes(status.state);
      this.#draw();
    }, this.#fetchFilm);
    this.#source.start(language);
  }

  get #film() {
    return this.#source.film;
  }

  /** Draw what depends on all frames, and the one that is shown. */
  #draw() {
    const film = this.#film;
    this.#root.dataset.state = film.status.state;
    this.#root.dataset.frames = film.frames.length;
    this.#root.toggleAttribute("data-still", film.frames.length === 1);
    if (this.#follows && this.#playing === null) this.#at = Math.max(0, film.frames.length - 1);
    if (film.header && film.frames.length) {
      if (this.#drawn !== film.header.task + film.header.tokens.join()) {
        this.#bands.draw(film, this.#data, this.#root.dataset.theme);
        this.#drawn = film.header.task + film.header.tokens.join();
      }
      this.#gradients.draw(film, this.#data);
      this.#drawCourses(film);
    }
    this.#show();
  }

  #drawCourses({ header, frames }) {
    const { texts } = this.#data;
    const known = { frames, steps: header.steps, cells: Object.keys(header.signals) };
    const metric = texts[`metric_${header.task}`] ?? texts.metric;
    const isShare = metric === texts.metric;
    const [score, loss, norm, here, saturated] = this.#charts;
    score.draw({ ...known, text: metric, how: isShare ? { least: 0, most: 1 } : header.task === "counting" ? { least: 0 } : { isLog: header.task === "adding" } });
    loss.draw({ ...known, text: texts.loss, how: {} });
    here.draw({ ...known, text: texts.here, how: { isLog: true, decades: 6 } });
    saturated.draw({ ...known, text: texts.saturated, how: { least: 0, most: 1 }, figureOf: saturationOf });
    norm.draw({ ...known, text: texts.norm, how: { isLog: true, level: header.clip < 1e6 ? header.clip : null } });
  }

  #show() {
    const film = this.#film;
    const frame = film.frames[this.#at];
    this.#transport.show({ film, frame, texts: this.#data.texts, isPlaying: this.#playing !== null });
    this.#root.toggleAttribute("data-empty", !frame);
    this.#root.dataset.step = frame?.step ?? "";
    if (!frame) return write(this.#line, this.#data.texts.no_frame);
    this.#bands.show(frame);
    this.#gradients.show(frame);
    for (const chart of this.#charts) chart.show(frame.step, film.header.steps);
    write(this.#line, frameLine(frame, film, this.#data));
    this.#showWritten(frame);
  }

  /** What each model would write, for a text of one's own. */
  #showWritten(frame) {
    const parts = Object.entries(frame.cells).filter(([, part]) => part.written);
    this.#written.hidden = parts.length === 0;
    this.#written.replaceChildren(...parts.map(([cell, part]) => make("p", { className: cell, children: [make("strong", { text: this.#data.cells[cell] }), make("span", { text: part.written, attributes: { "data-written": cell } })] })));
  }

  #resize() {
    if (!this.#drawn) return;
    this.#bands.resize();
    this.#gradients.resize();
  }

  #seek(share) {
    this.#pause();
    const { header, frames } = this.#film;
    const away = (frame) => Math.abs(placeOf(frame.step, header.steps) - share);
    this.#goTo(frames.reduce((best, frame, place) => (away(frame) < away(frames[best]) ? place : best), 0));
  }

  #go(count) {
    this.#pause();
    this.#goTo(this.#at + count);
  }

  #goTo(place) {
    const last = this.#film.frames.length - 1;
    this.#at = Math.max(0, Math.min(last, place));
    this.#follows = this.#at === last;
    this.#show();
  }

  #togglePlay() {
    if (this.#playing !== null) return this.#pause();
    if (this.#at >= this.#film.frames.length - 1) this.#goTo(0);
    this.#playOn();
  }

  #playOn() {
    const wait = Math.max(SHORTEST, Math.min(LONGEST, WHOLE_FILM / this.#film.frames.length));
    this.#playing = setTimeout(() => {
      this.#goTo(this.#at + 1);
      if (this.#follows) this.#pause();
      else this.#playOn();
    }, wait);
    this.#show();
  }

  #pause() {
    clearTimeout(this.#playing);
    if (this.#playing === null) return;
    this.#playing = null;
    this.#show();
  }

  #onKey(event) {
    if (isNotForPage(event)) return;
    if (event.key === " " && !pressesSomething(event)) this.#togglePlay();
    else if (event.key === "ArrowLeft") this.#go(-1);
    else if (event.key === "ArrowRight") this.#go(1);
    else if (event.key === "Home") this.#go(-Infinity);
    else if (event.key === "End") this.#go(Infinity);
    else return;
    event.preventDefault();
  }
}
