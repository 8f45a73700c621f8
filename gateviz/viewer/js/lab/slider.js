// A slider with its name and its number.

import { decimals } from "../format/numbers.js";
import { make, write } from "../page/elements.js";
import { press } from "../sentence/toggle.js";

/**
 * @param {string} name
 * @param {{least: number, most: number, step: number, from: ?number}} range One that has a `from` may also be as drawn: null.
 * @param {{label: string, drawn: ?string}} words
 * @param {(change: object, isMoving: boolean) => void} change A slider is moving until it is let go.
 * @returns {{element: HTMLElement, show: (settings: object) => void}}
 */
export function createSlider(name, { least, most, step, from }, { label, drawn = "" }, change) {
  const input = make("input", { className: "lab-slider", attributes: { type: "range", min: least, max: most, step, "aria-label": label, "data-setting": name } });
  const value = make("span", { className: "lab-value", text: "" });
  const back = make("button", { className: "lab-back", text: drawn, attributes: { type: "button", "data-as-drawn": name } });
  const head = make("div", { className: "lab-head", children: [make("span", { text: label }), ...(from === undefined ? [] : [back]), value] });
  input.addEventListener("input", () => change({ [name]: Number(input.value) }, true));
  input.addEventListener("change", () => change({ [name]: Number(input.value) }, false));
  back.addEventListener("click", () => change({ [name]: null }, false));

  function show({ [name]: now }) {
    const isDrawn = now === null;
    if (Number(input.value) !== (now ?? from)) input.value = now ?? from;
    input.style.setProperty("--share", (Number(input.value) - least) / (most - least));
    input.toggleAttribute("data-drawn", isDrawn);
    const text = isDrawn ? "–" : step === 1 ? String(now) : decimals(now, 2);
    write(value, text);
    input.setAttribute("aria-valuetext", isDrawn ? drawn : text);
    press(back, isDrawn);
  }
  return { element: make("div", { className: "lab-setting", children: [head, input] }), show };
}
