// How a text is written: temperature, top k, seed, length; of poems what they begin with. Each stands where it is used, and is
// used as soon as it is changed.

import { FORMS } from "../engine/poems.js";
import { decimals } from "../format/numbers.js";
import { fill } from "../format/texts.js";
import { make, makeIcon } from "../page/elements.js";
import { LENGTHS } from "./plans.js";

const MOST_SEED = 2 ** 32 - 1; // as the command line takes it
const TOP_K = [null, 1, 2, 3, 5, 10, 20, 50];
const HOTTEST = 2;
const NEXT = "M20 12a8 8 0 1 1-2.4-5.7M20 3v5h-5";

/**
 * @param {object} texts Of the page.
 * @param {object} settings Changed in place: those of initialSettings().
 * @param {object} what
 * @param {?string[]} what.rhymes Those of a model that writes quatrains; null of another.
 * @param {() => void} what.onChange Called after each change.
 * @returns {{element: HTMLElement, show: () => void}}
 */
export function createSettings(texts, settings, { rhymes, onChange }) {
  const change = (changed) => {
    Object.assign(settings, changed);
    show();
    onChange();
  };
  const parts = [
    ...(rhymes ? [createPoemChoice(texts, settings, rhymes, change)] : []),
    createTemperature(texts, settings, change),
    createList(texts.top_k, texts.top_k_title, "top-k", TOP_K.map((count) => [count ?? "", count ?? texts.top_k_all]), {
      value: () => settings.topK ?? "",
      choose: (value) => change({ topK: value === "" ? null : Number(value) }),
    }),
    createSeed(texts, settings, change),
    ...(rhymes ? [] : [createList(texts.write_length, texts.write_length_title, "length", LENGTHS.map((count) => [count, count]), {
      value: () => settings.length,
      choose: (value) => change({ length: Number(value) }),
    })]),
  ];
  function show() {
    for (const part of parts) part.show();
  }
  show();
  return { element: make("div", { className: "write-settings", children: parts.map(({ element }) => element) }), show };
}

/** A slider; at its ends stands which way it goes. */
function createTemperature(texts, settings, change) {
  const slider = make("input", { className: "write-slider", attributes: { type: "range", min: 0, max: HOTTEST, step: 0.05, "aria-label": texts.temperature, "data-write": "temperature" } });
  const number = make("output", { className: "write-number" });
  slider.addEventListener("input", () => change({ temperature: Number(slider.value) }));
  const end = (text) => make("span", { className: "write-end", text });
  const element = make("label", { className: "write-field", attributes: { title: texts.temperature_title }, children: [
    make("span", { text: texts.temperature }), number, end(texts.temperature_low), slider, end(texts.temperature_high),
  ] });
  function show() {
    slider.value = settings.temperature;
    number.textContent = decimals(settings.temperature, 2);
    slider.setAttribute("aria-valuetext", number.textContent);
  }
  return { element, show };
}

function createList(name, title, key, options, { value, choose }) {
  const select = make("select", { attributes: { "data-write": key }, children: options.map(([option, text]) => make("option", { text, attributes: { value: option } })) });
  select.addEventListener("change", () => choose(select.value));
  const element = make("label", { className: "write-field choice", attributes: { title }, children: [make("span", { text: name }), select] });
  return { element, show: () => (select.value = value()) };
}

/** The number that decides what is drawn; the button takes the next one. */
function createSeed(texts, settings, change) {
  const box = make("input", { className: "unit-box write-seed", attributes: { type: "number", min: 0, max: MOST_SEED, step: 1, "aria-label": texts.seed, "data-write": "seed" } });
  box.addEventListener("change", () => {
    const isSeed = box.value !== "" && Number.isInteger(Number(box.value)) && box.value >= 0 && box.value <= MOST_SEED;
    if (isSeed) change({ seed: Number(box.value) });
    else show();
  });
  const another = make("button", { className: "write-icon", attributes: { type: "button", title: texts.another, "aria-label": texts.another, "data-write": "another" }, children: [makeIcon(NEXT)] });
  another.addEventListener("click", () => change({ seed: settings.seed === MOST_SEED ? 0 : settings.seed + 1 }));
  const element = make("label", { className: "write-field", attributes: { title: texts.seed_title }, children: [make("span", { text: texts.seed }), box, another] });
  function show() {
    if (box.value !== String(settings.seed)) box.value = settings.seed;
  }
  return { element, show };
}

/** What a poem begins with, how long its clauses are, its rhyme, and the characters that the clauses begin with. */
function createPoemChoice(texts, settings, rhymes, change) {
  const begins = createList(texts.poem_begins, texts.poem_begins_title, "begins", [["line", texts.poem_begins_line], ["nothing", texts.poem_begins_nothing], ["heads", texts.poem_begins_heads]], {
    value: () => settings.begins,
    choose: (value) => begin(value),
  });
  const form = createList(texts.poem_form, texts.poem_form_title, "form", FORMS.map((one) => [one, fill(texts.poem_form_of, { form: one })]), {
    value: () => settings.form,
    choose: (value) => change({ form: Number(value) }),
  });
  const rhyme = createList(texts.poem_rhyme, texts.poem_rhyme_title, "rhyme", [["", texts.poem_rhyme_any], ...rhymes.map((one) => [one, one])], {
    value: () => settings.rhyme ?? "",
    choose: (value) => change({ rhyme: value || null }),
  });
  const heads = make("input", { className: "write-heads", attributes: { type: "text", maxlength: 24, placeholder: texts.poem_heads, title: texts.poem_heads_title, "aria-label": texts.poem_heads_title, "data-write": "heads" } });
  heads.addEventListener("change", () => change({ heads: heads.value.trim() }));
  /** Heads are typed first. */
  function begin(wanted) {
    if (wanted !== "heads" || settings.heads) return change({ begins: wanted });
    settings.begins = wanted;
    show();
    heads.focus();
  }
  const element = make("span", { className: "write-poem", children: [begins.element, heads, form.element, rhyme.element] });
  function show() {
    for (const list of [begins, form, rhyme]) list.show();
    heads.hidden = settings.begins !== "heads";
    if (heads.getRootNode().activeElement !== heads) heads.value = settings.heads;
  }
  return { element, show };
}
