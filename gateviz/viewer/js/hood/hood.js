// The page Under the hood: the sentence and the units above, one part of the page below. A step and a unit stay in the
// browser; the server sends the part and all its numbers.

import { createColourScale } from "../format/colours.js";
import { make } from "../page/elements.js";
import { isNotForPage } from "../page/keyboard.js";
import { followLecture } from "../page/lecture_mode.js";
import { createMount } from "../page/mounts.js";
import { themeOf } from "../page/theme.js";
import { createCodePart } from "./code_part.js";
import { createEmbeddingPart } from "./embedding_part.js";
import { createEquationsPart } from "./equations_part.js";
import { createPlaceKeeper, firstPlace } from "./hood_state.js";
import { createLayer, readingOrder } from "./layer_numbers.js";
import { createParametersPart } from "./parameters_part.js";
import { createPlaceBar } from "./place_bar.js";
import { createSequencesPart } from "./sequences_part.js";
import { createShapesPart } from "./shapes_part.js";
import { unpackExact } from "./unpack_exact.js";
import { createWordsPart } from "./words_part.js";

const PARTS = { equations: createEquationsPart, code: createCodePart, parameters: createParametersPart, shapes: createShapesPart, sequences: createSequencesPart, embedding: createEmbeddingPart, words: createWordsPart };
const WITHOUT_PLACE = ["parameters", "sequences"]; // parts that are of no step and no unit

export default createMount((parent) => new Hood(parent));

class Hood {
  #root = make("div", { attributes: { "data-gateviz": "hood", tabindex: "-1" } });
  #probe = make("div", { className: "theme-probe" });
  #state = { step: 0, unit: 0 };
  #keeper = createPlaceKeeper(this.#state);
  #listening = new AbortController();
  #ends;
  #received = 0; // only the last one is drawn
  #data = null; // {header, arrays, layer, order}
  #parts = []; // the bar and the part, each with show()

  constructor(parent) {
    parent.append(this.#root, this.#probe);
    this.#probe.addEventListener("transitionend", () => this.#data && this.#build()); // the theme was switched
    document.addEventListener("keydown", (event) => this.#onKey(event), { signal: this.#listening.signal });
    this.#root.addEventListener("gateviz:go", ({ detail }) => this.#data && this.#grant(detail));
    const resized = new ResizeObserver(() => requestAnimationFrame(() => this.#show()));
    resized.observe(this.#root);
    this.#ends = [followLecture((on) => this.#root.toggleAttribute("data-lecture", on)), () => resized.disconnect()];
  }

  async receive({ data, setTriggerValue }) {
    const turn = ++this.#received;
    const { header, arrays } = await unpackExact(data);
    if (turn !== this.#received) return;
    const isSame = header.text === this.#data?.header.text && header.layer.units > this.#state.unit;
    if (!isSame) Object.assign(this.#state, firstPlace(header, location.search));
    this.#data = { header, arrays, layer: createLayer({ header, arrays }), order: readingOrder(header), ask: setTriggerValue };
    this.#build();
    this.#keeper.remember(header.text);
  }

  dispose() {
    this.#keeper.forget();
    this.#listening.abort();
    for (const end of this.#ends) end();
    this.#root.remove();
    this.#probe.remove();
  }

  #build() {
    const { header, layer } = this.#data;
    const theme = themeOf(this.#root);
    const scale = createColourScale(header, theme);
    this.#root.dataset.theme = theme;
    for (const [cell, colour] of Object.entries(header.palettes[theme].cell)) this.#root.style.setProperty(`--${cell}`, colour);
    const bar = createPlaceBar(header, layer, scale, this.#state, { goTo: (step) => this.#go({ step }), chooseUnit: (unit) => this.#go({ unit }) });
    const part = PARTS[header.part]({ ...this.#data, scale }, this.#state);
    this.#parts = WITHOUT_PLACE.includes(header.part) ? [part] : [bar, part];
    this.#root.replaceChildren(...this.#parts.map(({ element }) => element));
    this.#show();
    Object.assign(this.#root.dataset, { part: header.part, steps: layer.steps, text: header.text });
    document.documentElement.dataset.gatevizHood = "drawn"; // the page need not keep its place free any longer
  }

  #go(place) {
    Object.assign(this.#state, place);
    this.#show();
    this.#keeper.remember(this.#data.header.text);
  }

  /** A lesson's card asks for a step or a unit. */
  #grant({ step, unit }) {
    const { steps, units } = this.#data.layer;
    const isWithin = (number, size) => Number.isInteger(number) && number >= 0 && number < size;
    this.#go({ ...(isWithin(step, steps) ? { step } : {}), ...(isWithin(unit, units) ? { unit } : {}) });
  }

  #show() {
    for (const part of this.#parts) part.show();
    Object.assign(this.#root.dataset, { step: this.#state.step, unit: this.#state.unit });
  }

  #onKey(event) {
    if (!this.#data || isNotForPage(event)) return;
    const [last, { step }] = [this.#data.layer.steps - 1, this.#state];
    const target = { ArrowLeft: step - 1, ArrowRight: step + 1, Home: 0, End: last }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    this.#go({ step: Math.max(0, Math.min(last, target)) });
  }
}
