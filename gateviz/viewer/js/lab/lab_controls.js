// The controls of the lab: what to try at once, how the networks are initialised, and a slider for each number.

import { make } from "../page/elements.js";
import { makeToggle, press } from "../sentence/toggle.js";
import { ACTIVATIONS, BEGINS, PRESETS, RANGES, STARTS, writeSettings } from "./settings.js";
import { createSlider } from "./slider.js";

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
  const sliders = Object.keys(RANGES).map((name) => createSlider(name, RANGES[name], { label: texts.settings[name], drawn: texts.as_drawn }, change));
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
