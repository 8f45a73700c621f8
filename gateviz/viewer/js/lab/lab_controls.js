// The controls of the lab: what to try at once, how the networks are initialised, and a slider for each number.

import { decimals } from "../format/numbers.js";
import { make, write } from "../page/elements.js";
import { makeToggle, press } from "../sentence/toggle.js";
import { ACTIVATIONS, BEGINS, PRESETS, RANGES, STARTS, writeSettings } from "./settings.js";

const WHOLE = ["steps", "units", "seed", "seeds"];

/**
 * @param {object} texts
 * @param {(change: object, isMoving: boolean) => void} change Called with what is set; a slider is moving until it is let go.
 * @param {(name: string) => void} choose Called with one of PRESETS.
 * @returns {{element: HTMLElement, presets: HTMLElement, show: (settings: object) => void}}
 */
export function createLabControls(texts, change, choose) {
  const presets = Object.keys(PRESETS).map((name) => [name, makeToggle(name, texts.presets[name], () => choose(name))]);
  const choices = [
    createChoice("start", STARTS, texts, change),
    createChoice("activation", ACTIVATIONS, texts, change),
  ];
  const sliders = Object.keys(RANGES).map((name) => createSlider(name, texts, change));
  const element = make("div", { className: "lab-controls", children: [...choices, ...sliders].map((each) => each.element) });
  const row = make("div", { className: "lab-presets", attributes: { role: "group", "aria-label": texts.try_at_once }, children: presets.map(([, button]) => button) });

  function show(settings) {
    for (const each of [...choices, ...sliders]) each.show(settings);
    const now = writeSettings(settings);
    for (const [name, button] of presets) press(button, writeSettings({ ...BEGINS, ...PRESETS[name] }) === now);
  }
  return { element, presets: row, show };
}

function createChoice(name, values, texts, change) {
  const buttons = values.map((value) => makeToggle(value, texts.kinds[value], () => change({ [name]: value }, false)));
  const group = make("div", { className: "segment", attributes: { role: "group", "aria-label": texts.settings[name] }, children: buttons });
  const element = make("div", { className: "lab-choice", children: [make("span", { className: "caption", text: texts.settings[name] }), group] });
  const show = (settings) => buttons.forEach((button, at) => press(button, values[at] === settings[name]));
  return { element, show };
}

function createSlider(name, texts, change) {
  const { least, most, step, from } = RANGES[name];
  const input = make("input", { className: "lab-slider", attributes: { type: "range", min: least, max: most, step, "aria-label": texts.settings[name], "data-setting": name } });
  const value = make("span", { className: "lab-value", text: "" });
  const back = make("button", { className: "lab-back", text: texts.as_drawn, attributes: { type: "button", "data-as-drawn": name } });
  const head = make("div", { className: "lab-head", children: [make("span", { text: texts.settings[name] }), ...(from === undefined ? [] : [back]), value] });
  input.addEventListener("input", () => change({ [name]: Number(input.value) }, true));
  input.addEventListener("change", () => change({ [name]: Number(input.value) }, false));
  back.addEventListener("click", () => change({ [name]: null }, false));

  function show({ [name]: now }) {
    const isDrawn = now === null;
    if (Number(input.value) !== (now ?? from)) input.value = now ?? from;
    input.style.setProperty("--share", (Number(input.value) - least) / (most - least));
    input.toggleAttribute("data-drawn", isDrawn);
    const text = isDrawn ? "–" : WHOLE.includes(name) ? String(now) : decimals(now, 2);
    write(value, text);
    input.setAttribute("aria-valuetext", isDrawn ? texts.as_drawn : text);
    press(back, isDrawn);
  }
  return { element: make("div", { className: "lab-setting", children: [head, input] }), show };
}
