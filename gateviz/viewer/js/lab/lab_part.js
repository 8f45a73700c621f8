// The lab of the Gradients page: untrained networks drawn here, and how far back their gradients reach, while a slider moves.

import { createChartPanel } from "../gradients/chart_panel.js";
import { drawSavedChart } from "../gradients/saved_chart.js";
import { fill } from "../format/texts.js";
import { make, write } from "../page/elements.js";
import { followLecture } from "../page/lecture_mode.js";
import { createMount } from "../page/mounts.js";
import { themeOf } from "../page/theme.js";
import { frameFigure, saveWhenAsked } from "../take_away/figure_files.js";
import { createLabControls } from "./lab_controls.js";
import { createLabTable, lineOf, summaryOf } from "./lab_words.js";
import { INPUT_SIZE } from "./drawn_network.js";
import { CELLS, measure, together } from "./measure.js";
import { followSettings } from "./part_settings.js";
import { BEGINS, PRESETS, readSettings, writeSettings } from "./settings.js";

const HEIGHT = 330; // px
const MOVING_TURNS = 3;

export default createMount((parent) => new LabPart(parent));

class LabPart {
  #root = make("div", { attributes: { "data-gateviz": "lab" } });
  #line = make("p", { className: "line", text: "" });
  #data = null;
  #settings = null;
  #follow = followSettings("lab", readSettings, writeSettings);
  #language = null;
  #parts = null;
  #seeds = {};
  #frame = null;
  #task = null;
  #ends;

  constructor(parent) {
    parent.append(this.#root);
    this.#ends = [
      followLecture((on) => {
        this.#root.toggleAttribute("data-lecture", on);
        this.#parts?.chart.redraw();
      }),
      saveWhenAsked(({ kind }) => (kind === "lab" ? this.#figure() : null)),
    ];
  }

  receive({ data }) {
    this.#data = data;
    const read = this.#follow.receive(data);
    if (read) {
      this.#settings = read.settings;
      this.#root.toggleAttribute("data-left-out", !read.isWhole);
    }
    const drawn = `${data.language} ${themeOf(this.#root)}`;
    if (this.#language === drawn && !read) return;
    this.#language = drawn;
    this.#build();
    this.#measure(false);
  }

  dispose() {
    for (const end of this.#ends) end();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#task);
    this.#parts?.chart.dispose();
    this.#root.remove();
  }

  #build() {
    const { texts, palettes } = this.#data;
    for (const [cell, colour] of Object.entries(palettes[themeOf(this.#root)].cell)) this.#root.style.setProperty(`--${cell}`, colour);
    this.#parts?.chart.dispose();
    const controls = createLabControls(texts, (change, isMoving) => this.#set({ ...this.#settings, ...change }, isMoving), (name) => this.#set({ ...BEGINS, ...PRESETS[name] }, false));
    const chart = createChartPanel({ height: HEIGHT, label: texts.alt, palettes });
    const table = createLabTable(texts);
    this.#parts = { controls, chart, table };
    const notice = make("p", { className: "caption lab-left-out", text: texts.left_out });
    const right = make("div", { className: "lab-right", children: [chart.element, make("div", { className: "lab-scroll", children: [table.element] })] });
    this.#root.replaceChildren(notice, controls.presets, this.#line, make("div", { className: "lab", children: [controls.element, right] }), make("p", { className: "caption which-gradient", text: fill(texts.about, { size: INPUT_SIZE }) }));
  }

  #set(settings, isMoving) {
    if (writeSettings(settings) === writeSettings(this.#settings) && isMoving) return;
    this.#settings = settings;
    this.#root.removeAttribute("data-left-out");
    this.#follow.write(settings);
    this.#measure(isMoving);
  }

  /** Of the first seed at once, of the others one after another: whatever is set meanwhile stops them. */
  #measure(isMoving) {
    this.#parts.controls.show(this.#settings);
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#task);
    this.#frame = requestAnimationFrame(() => {
      const near = this.#seeds;
      this.#seeds = Object.fromEntries(CELLS.map((cell) => [cell, [measure(cell, this.#settings, isMoving ? near[cell]?.[0] : null, isMoving ? MOVING_TURNS : undefined)]]));
      this.#show();
      this.#task = setTimeout(() => this.#goOn(isMoving ? 0 : 1), 0);
    });
  }

  /** The next seed; with 0 the first one anew, to the end. */
  #goOn(count) {
    const { seed, seeds } = this.#settings;
    if (count >= seeds) {
      this.#root.dataset.measured = writeSettings(this.#settings) || "begins";
      return;
    }
    for (const cell of CELLS) this.#seeds[cell][count] = measure(cell, { ...this.#settings, seed: seed + count });
    this.#show();
    this.#task = setTimeout(() => this.#goOn(count + 1), 0);
  }

  #show() {
    delete this.#root.dataset.measured;
    const { texts, titles } = this.#data;
    const { steps } = this.#settings;
    const found = Object.fromEntries(CELLS.map((cell) => [cell, summaryOf(this.#seeds[cell], together(this.#seeds[cell].map(({ hidden }) => hidden)))]));
    write(this.#line, lineOf(found, steps, texts));
    this.#parts.table.show(found, steps, this.#settings);
    this.#parts.chart.show({ curves: curvesOf(this.#seeds, found, texts), ticks: steps, titles }, steps - 1);
  }

  #figure() {
    const { texts, titles, palettes } = this.#data;
    const found = Object.fromEntries(CELLS.map((cell) => [cell, summaryOf(this.#seeds[cell], together(this.#seeds[cell].map(({ hidden }) => hidden)))]));
    const what = { curves: curvesOf(this.#seeds, found, texts), ticks: this.#settings.steps, titles };
    return frameFigure(drawSavedChart(what, palettes), titles.figure, [writeSettings(this.#settings)]);
  }
}

/** dL/dh of each cell, an LSTM's dL/dc, and what theory says. */
function curvesOf(seeds, found, texts) {
  return CELLS.flatMap((cell) => {
    const signals = { hidden: "hidden_state", cell: "cell_state" };
    const measured = ["hidden", "cell"].filter((signal) => seeds[cell][0][signal]).map((signal) => {
      const { middle, low, high } = together(seeds[cell].map((each) => each[signal]));
      const label = fill(texts.label, { cell: texts.cells[cell], gradient: texts.gradients[signals[signal]] });
      return { cell, label, logs: middle, band: signal === "hidden" && seeds[cell].length > 1 ? { low, high } : null, is_cell_state: signal === "cell" };
    });
    const last = measured[0].logs.length - 1;
    const theory = Float64Array.from(measured[0].logs, (_, step) => found[cell].rate * (last - step));
    return [...measured, { cell, label: fill(texts.theory_of, { cell: texts.cells[cell] }), logs: theory, stroke: "7 5" }];
  });
}
