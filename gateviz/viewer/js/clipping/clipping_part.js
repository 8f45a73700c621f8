// The Gradients page where a gradient explodes: the wall in the loss, one update with and without clipping, where training went,
// and the remedies of the textbooks as switches.

import { createChartPanel } from "../gradients/chart_panel.js";
import { drawSavedChart } from "../gradients/saved_chart.js";
import { decimals } from "../format/numbers.js";
import { fill } from "../format/texts.js";
import { make, write } from "../page/elements.js";
import { followLecture } from "../page/lecture_mode.js";
import { createMount } from "../page/mounts.js";
import { themeOf } from "../page/theme.js";
import { drawNetwork } from "../lab/drawn_network.js";
import { followSettings } from "../lab/part_settings.js";
import { createSlider } from "../lab/slider.js";
import { frameFigure, saveWhenAsked } from "../take_away/figure_files.js";
import { makeToggle, press } from "../sentence/toggle.js";
import { beginRun, createTraining, PLACES, UPDATES } from "./clipping_run.js";
import { BEGINS, drawnFrom, PRESETS, RANGES, readClipping, REMEDIES, SIZES, writeClipping } from "./clipping_settings.js";
import { costsOf, createClippingTable, lineOf } from "./clipping_words.js";

const HEIGHT = 230; // px
const BEYOND = 1e9; // what is larger leaves the chart of training, which would else show nothing but that
const WAYS = { light: { free: "#9c3587", clipped: "#1b6f8f", here: "#20242b" }, dark: { free: "#e691d3", clipped: "#6cc3e0", here: "#e6e8ec" } };

export default createMount((parent) => new ClippingPart(parent));

class ClippingPart {
  #root = make("div", { attributes: { "data-gateviz": "clipping" } });
  #line = make("p", { className: "line", text: "" });
  #costs = make("div", { className: "clipping-costs" });
  #data = null;
  #drawn = null;
  #parts = null;
  #settings = BEGINS;
  #follow = followSettings("clip", readClipping, writeClipping);
  #task = null;
  #frame = null;
  #shown = null;
  #ends;

  constructor(parent) {
    parent.append(this.#root);
    this.#ends = [
      followLecture((on) => {
        this.#root.toggleAttribute("data-lecture", on);
        for (const chart of this.#parts?.charts ?? []) chart.redraw();
      }),
      saveWhenAsked(({ kind }) => this.#figure(kind)),
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
    if (this.#drawn === drawn && !read) return;
    this.#drawn = drawn;
    this.#build();
    this.#run();
  }

  dispose() {
    clearTimeout(this.#task);
    cancelAnimationFrame(this.#frame);
    for (const end of this.#ends) end();
    for (const chart of this.#parts?.charts ?? []) chart.dispose();
    this.#root.remove();
  }

  #build() {
    const { texts } = this.#data;
    for (const [name, colour] of Object.entries(WAYS[themeOf(this.#root)])) this.#root.style.setProperty(`--${name}`, colour);
    for (const chart of this.#parts?.charts ?? []) chart.dispose();
    const set = (change) => this.#set({ ...this.#settings, ...change });
    const presets = Object.keys(PRESETS).map((name) => [name, makeToggle(name, texts.presets[name], () => this.#set({ ...BEGINS, ...PRESETS[name] }))]);
    const remedies = Object.keys(REMEDIES).map((name) => [name, makeToggle(name, texts.remedies[name], () => set(switched(name, this.#settings)))]);
    const sliders = Object.entries(RANGES).map(([name, range]) => createSlider(name, range, { label: texts.settings[name] }, set));
    const palettes = Object.fromEntries(Object.entries(WAYS).map(([theme, cell]) => [theme, { cell }]));
    const charts = [texts.along_alt, texts.training_alt].map((label) => createChartPanel({ height: HEIGHT, label, palettes }));
    const table = createClippingTable(texts);
    this.#parts = { presets, remedies, sliders, charts, table };
    const row = (label, buttons) => make("div", { className: "lab-presets", attributes: { role: "group", "aria-label": label }, children: [make("span", { className: "caption", text: label }), ...buttons.map(([, button]) => button)] });
    const figures = charts.map((chart, at) => make("div", { className: "clipping-figure", children: [make("h3", { text: at ? texts.training : texts.along }), chart.element] }));
    this.#root.replaceChildren(
      make("p", { className: "caption lab-left-out", text: texts.left_out }),
      make("div", { className: "clipping-rows", children: [row(texts.try_at_once, presets), row(texts.remedy, remedies)] }),
      this.#line,
      make("div", { className: "lab", children: [
        make("div", { className: "lab-controls", children: [...sliders.map(({ element }) => element), this.#costs] }),
        make("div", { className: "lab-right", children: [make("div", { className: "clipping-figures", children: figures }), make("div", { className: "lab-scroll", children: [table.element] })] }),
      ] }),
      make("p", { className: "caption which-gradient", text: fill(texts.about, { units: SIZES.units, steps: SIZES.steps }) }),
    );
  }

  #set(settings) {
    this.#settings = settings;
    this.#root.removeAttribute("data-left-out");
    this.#follow.write(settings);
    this.#run();
  }

  /** The first update at once, in the next frame; training in pieces, which any other setting stops. */
  #run() {
    const { presets, remedies, sliders } = this.#parts;
    for (const [name, button] of presets) press(button, writeClipping({ ...BEGINS, ...PRESETS[name] }) === writeClipping(this.#settings));
    for (const [name, button] of remedies) press(button, isOn(name, this.#settings));
    for (const slider of sliders) slider.show(this.#settings);
    clearTimeout(this.#task);
    cancelAnimationFrame(this.#frame);
    delete this.#root.dataset.trained;
    this.#frame = requestAnimationFrame(() => {
      const run = beginRun(this.#settings);
      this.#show(run, null);
      this.#goOn(run, createTraining(run, this.#settings));
    });
  }

  #goOn(run, train) {
    this.#task = setTimeout(() => {
      const ways = train();
      if (!ways) {
        this.#root.dataset.trained = writeClipping(this.#settings) || "begins";
        return;
      }
      this.#show(run, ways);
      this.#goOn(run, train);
    }, 0);
  }

  #show(run, ways) {
    const { texts } = this.#data;
    const { charts: [along, training], table } = this.#parts;
    this.#shown = { run, ways };
    write(this.#line, lineOf(run, ways, texts));
    table.show(run, ways);
    along.show(alongOf(run, texts), placeOf(0, run));
    if (ways) training.show(trainingOf(ways, texts), UPDATES);
    const ofRnn = drawNetwork("rnn", drawnFrom(this.#settings)).weights;
    const weights = Object.values(ofRnn).reduce((sum, values) => sum + (values.length ?? 0), 0);
    this.#costs.replaceChildren(...costsOf(this.#settings, run, ways, weights, texts).map((text) => make("p", { className: "caption", text })));
  }

  /** A figure to be saved; null for another kind. */
  #figure(kind) {
    const { texts, titles } = this.#data;
    const { run, ways } = this.#shown;
    const draw = { clipping_along: () => alongOf(run, texts), clipping_training: () => ways && trainingOf(ways, texts) }[kind];
    const what = draw?.();
    return what ? frameFigure(drawSavedChart(what, { light: { cell: WAYS.light } }), titles.figure, [writeClipping(this.#settings)]) : null;
  }
}

function isOn(name, settings) {
  return Object.entries(REMEDIES[name]).every(([key, [on]]) => settings[key] === on);
}

function switched(name, settings) {
  return Object.fromEntries(Object.entries(REMEDIES[name]).map(([key, [on, off]]) => [key, isOn(name, settings) ? off : on]));
}

/** Where a way along the gradient lies among the places of the chart. */
function placeOf(length, { along: { low, high } }) {
  return ((length - low) / (high - low)) * (PLACES - 1);
}

/** The loss along the gradient's direction; each update is a point, if it is not beyond the chart. */
function alongOf(run, texts) {
  const { losses } = run.along;
  const dot = (name, label) => {
    const at = Math.round(placeOf(run[name].length, run));
    return at < PLACES && losses.length ? { cell: name, label, norms: losses.map((loss, place) => (place === at || place === at - 1 ? loss : NaN)), stroke: "none", width: 9 } : null;
  };
  const marks = [0, 0.25, 0.5, 0.75, 1].map((share) => ({ at: placeOf(share * run.along.high, run), text: decimals(share * run.along.high, 2) }));
  const curve = { cell: "here", label: texts.loss, norms: losses, stroke: "none" };
  return { curves: [curve, dot("free", texts.free), dot("clipped", texts.clipped)].filter(Boolean), ticks: PLACES, marks, titles: { steps: texts.distance, norms: texts.loss }, decades: 1 };
}

function trainingOf(ways, texts) {
  const curve = (cell, label, norms, stroke) => ({ cell, label, norms: norms.map((norm) => (norm < BEYOND ? norm : NaN)), stroke });
  const curves = [
    curve("free", texts.loss_free, ways.free.losses, "none"),
    curve("free", texts.norm_free, ways.free.norms, "2 4"),
    curve("clipped", texts.loss_clipped, ways.clipped.losses, "none"),
    curve("clipped", texts.norm_clipped, ways.clipped.norms, "2 4"),
  ];
  return { curves, ticks: UPDATES + 1, marks: [0, 20, 40, 60].map((at) => ({ at, text: String(at) })), titles: { steps: texts.updates, norms: texts.loss_and_norm } };
}
