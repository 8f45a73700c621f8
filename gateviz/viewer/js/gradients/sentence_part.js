// The Gradients page, on a sentence: which tokens the loss at a step listens to, in each cell. A token that is pointed at shows
// what the loss there would listen to, at once and without the server; a click, or a key, leaves the loss there.

import { fill, glyph } from "../format/texts.js";
import { make, write } from "../page/elements.js";
import { followLecture } from "../page/lecture_mode.js";
import { createMount } from "../page/mounts.js";
import { themeOf } from "../page/theme.js";
import { loadModel, modelNamed } from "../reading/models.js";
import { frameFigure, saveWhenAsked } from "../take_away/figure_files.js";
import { createInfluence } from "./influence.js";
import { drawSavedChart } from "./saved_chart.js";
import { drawTokens } from "./saved_tokens.js";
import { createSentencePanels } from "./sentence_panels.js";
import { curvesOf, ticksOf } from "./sentence_curves.js";

const SETTLE = 300; // ms after the last move the server hears where the loss is

/** What Streamlit calls; `fetchModel` gives a file of a model: see reading/models.js. */
export function mountSentencePart(fetchModel) {
  return createMount((parent) => new SentencePart(parent, fetchModel));
}

class SentencePart {
  #root = make("div", { attributes: { "data-gateviz": "saliency" } });
  #line = make("p", { className: "line", text: "" });
  #fetchModel;
  #data = null;
  #panels = null;
  #drawn = "";
  #influences = null;
  #asked = false;
  #fetching = null;
  #kept = 0;
  #pointed = null;
  #frame = null;
  #timer = null;
  #tell = () => {};
  #ends;

  constructor(parent, fetchModel) {
    this.#fetchModel = fetchModel;
    parent.append(this.#root);
    this.#ends = [
      followLecture((on) => {
        this.#root.toggleAttribute("data-lecture", on);
        if (this.#data) this.#later();
      }),
      saveWhenAsked(({ kind }) => this.#figure(kind)),
    ];
    for (const name of ["pointerenter", "focusin"]) this.#root.addEventListener(name, () => this.#follow());
    this.#root.addEventListener("pointerover", (event) => this.#point(event));
    this.#root.addEventListener("pointerleave", () => this.#pointAt(null));
    this.#root.addEventListener("click", (event) => this.#click(event));
    this.#root.addEventListener("keydown", (event) => this.#press(event));
  }

  receive({ data, setTriggerValue }) {
    this.#data = data;
    this.#tell = (step) => setTriggerValue("loss_step", step);
    if (this.#timer === null) this.#kept = data.step;
    this.#build();
    this.#panels.receive(data);
    this.#influences = null;
    if (this.#asked) this.#follow();
    this.#show();
  }

  dispose() {
    for (const end of this.#ends) end();
    clearTimeout(this.#timer);
    this.#panels?.dispose();
    this.#root.remove();
  }

  /** Make the elements anew where another picture has come; else they stay, and so does the focus. */
  #build() {
    const { tokens, networks, texts, palettes, paths } = this.#data;
    const theme = themeOf(this.#root);
    const drawn = JSON.stringify([tokens, networks.map(({ cell, answers }) => [cell, answers]), texts, theme, Boolean(paths)]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    for (const [cell, colour] of Object.entries(palettes[theme].cell)) this.#root.style.setProperty(`--${cell}`, colour);
    this.#panels?.dispose();
    this.#panels = createSentencePanels(this.#data);
    this.#root.replaceChildren(this.#line, ...this.#panels.elements);
    this.#root.dataset.steps = tokens.length;
    document.documentElement.dataset.gatevizStrips = "drawn"; // the page need not keep their place free any longer
  }

  /** Fetch the weights with which other losses are found here, once a pointer or a key comes near. Until then the server finds them. */
  #follow() {
    this.#asked = true;
    const { models, networks, text, layer, direction } = this.#data;
    if (this.#influences || this.#fetching === this.#data) return;
    if (!networks.every(({ cell }) => models[cell])) return;
    const wanted = (this.#fetching = this.#data);
    Promise.all(networks.map(({ cell }) => loadModel(models[cell], this.#fetchModel))).then(() => {
      if (this.#data !== wanted) return;
      this.#influences = new Map(networks.map(({ cell }) => [cell, createInfluence(modelNamed(models[cell]), text, { layer, direction })]));
      this.#root.dataset.follows = "";
    }, () => {
      this.#fetching = null; // a network that came back is asked again
      delete this.#root.dataset.follows;
    });
  }

  /** The networks' numbers for a loss at that step; null while they are not here. */
  #networksAt(step) {
    const { networks, step: sent } = this.#data;
    if (step === sent) return networks;
    return this.#influences && networks.map(({ cell }) => ({ cell, ...this.#influences.get(cell)(step) }));
  }

  #show() {
    this.#frame = null;
    const asked = this.#pointed ?? this.#kept;
    const networks = this.#networksAt(asked);
    const step = networks ? asked : this.#data.step;
    this.#root.dataset.lossStep = step;
    this.#panels.show(networks ?? this.#data.networks, step);
    const { texts, tokens, line } = this.#data;
    const isSent = step === this.#data.step;
    write(this.#line, isSent ? line : fill(texts.pointed, { step: step + 1, token: glyph(tokens[step].text.trim() || tokens[step].text) }));
    this.#root.toggleAttribute("data-elsewhere", !isSent);
  }

  #later() {
    if (this.#frame === null) this.#frame = requestAnimationFrame(() => this.#show());
  }

  #point(event) {
    const box = event.pointerType === "touch" ? null : event.target.closest?.(".saliency [data-token]");
    if (box) this.#pointAt(Number(box.dataset.token));
    else if (!event.target.closest?.(".saliency")) this.#pointAt(null);
  }

  #pointAt(step) {
    if (step === this.#pointed || (step !== null && !this.#influences)) return;
    this.#pointed = step;
    this.#later();
  }

  #click(event) {
    const box = event.target.closest?.(".saliency [data-token]");
    if (box) this.#keep(Number(box.dataset.token));
  }

  #press(event) {
    const row = event.target.closest?.(".saliency");
    const last = this.#data.tokens.length - 1;
    const moves = { ArrowLeft: this.#kept - 1, ArrowRight: this.#kept + 1, Home: 0, End: last };
    if (!row || !(event.key in moves)) return;
    event.preventDefault();
    this.#pointed = null;
    this.#keep(Math.max(0, Math.min(last, moves[event.key])));
    this.#panels.focus(row);
  }

  /** Leave the loss at that step. */
  #keep(step) {
    if (step === this.#kept) return;
    this.#kept = step;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#kept !== this.#data.step) this.#tell(this.#kept);
    }, this.#influences ? SETTLE : 0);
    this.#show();
  }

  /** A figure to be saved, "gradient_curves" or "saliency"; null for another kind. */
  #figure(kind) {
    const { networks, texts, titles, tokens, step, palettes, direction } = this.#data;
    const place = fill(texts.saved_at, { step: step + 1, steps: tokens.length });
    const what = { curves: curvesOf(this.#data, networks, step), ticks: ticksOf(tokens), titles };
    const draw = {
      gradient_curves: () => drawSavedChart(what, palettes),
      saliency: () => drawTokens({ networks, tokens, step, texts, palettes, direction }),
    }[kind];
    return draw ? frameFigure(draw(), titles.figure, [titles.task, place]) : null;
  }
}
