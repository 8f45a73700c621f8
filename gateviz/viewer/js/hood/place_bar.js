// The sentence and the units: which step and which unit the numbers below are of. Both are chosen where they are seen.

import { fill } from "../format/texts.js";
import { make, makeIcon, sizeCanvas } from "../page/elements.js";
import { makeTokenBox } from "../sentence/token_box.js";

const ARROWS = { "-1": "M15 5l-9 7 9 7z", 1: "M9 5l9 7-9 7z" };

/** @returns {{element: HTMLElement, show: () => void}} */
export function createPlaceBar(header, layer, scale, state, { goTo, chooseUnit }) {
  const { texts } = header;
  const boxes = header.tokens.map((token, step) => {
    const box = makeTokenBox(token, step, { attributes: { tabindex: "-1" } });
    box.addEventListener("click", () => goTo(step));
    return box;
  });
  const tokens = make("div", { className: "tokens", attributes: { role: "group", "aria-label": texts.tokens, tabindex: "0" }, children: boxes });
  const units = createUnitRow(layer, scale, state, texts, chooseUnit);
  let current = null;
  return {
    element: make("div", { className: "hood-place", children: [tokens, units.element] }),
    show: () => {
      current?.classList.remove("current");
      current?.removeAttribute("aria-current");
      current = boxes[state.step];
      current.classList.add("current");
      current.setAttribute("aria-current", "step");
      keepInSight(tokens, current);
      units.show();
    },
  };
}

function keepInSight(row, box) {
  const [outer, inner] = [row.getBoundingClientRect(), box.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) row.scrollTop += inner.top - outer.top;
  if (inner.left < outer.left || inner.right > outer.right) row.scrollLeft += inner.left - outer.left;
}

/** The hidden state as a row of patches: a click takes the unit. Beside it the unit's number, typed or stepped through. */
function createUnitRow(layer, scale, state, texts, chooseUnit) {
  const canvas = make("canvas", { className: "hood-units", attributes: { "aria-hidden": "true", title: texts.units_title } });
  const mark = make("span", { className: "hood-unit-mark", attributes: { "aria-hidden": "true" } });
  const box = make("input", { className: "unit-box", attributes: { type: "number", min: 0, max: layer.units - 1, "aria-label": texts.unit_box } });
  box.style.setProperty("--digits", String(layer.units - 1).length);
  box.addEventListener("change", () => {
    const chosen = Math.round(Number(box.value));
    if (box.value !== "" && chosen >= 0 && chosen < layer.units) chooseUnit(chosen);
    else box.value = state.unit;
  });
  const step = (by, label) => {
    const button = make("button", { className: "unit-step", attributes: { type: "button", "aria-label": label, title: label }, children: [makeIcon(ARROWS[by])] });
    button.addEventListener("click", () => chooseUnit((state.unit + by + layer.units) % layer.units));
    return button;
  };
  canvas.addEventListener("click", (event) => chooseUnit(Math.min(layer.units - 1, Math.floor((event.offsetX / canvas.clientWidth) * layer.units))));
  const place = make("span", { className: "hood-step caption" });
  const field = make("span", { className: "unit-field", children: [make("span", { className: "unit-name", text: texts.unit }), step(-1, texts.unit_before), box, step(1, texts.unit_after)] });
  return {
    element: make("div", { className: "hood-unit-row", children: [place, field, make("div", { className: "hood-unit-patches", children: [canvas, mark] })] }),
    show: () => {
      place.textContent = fill(texts.at_step, { step: state.step + 1, steps: layer.steps });
      if (box.getRootNode().activeElement !== box) box.value = state.unit;
      mark.style.left = `${(100 * state.unit) / layer.units}%`;
      mark.style.width = `${100 / layer.units}%`;
      paint(canvas, layer.state("hidden_state", state.step), scale);
    },
  };
}

function paint(canvas, values, scale) {
  const { width, height } = canvas.parentElement.getBoundingClientRect();
  if (!width) return;
  const context = sizeCanvas(canvas, width, height);
  values.forEach((value, unit) => {
    context.fillStyle = scale.css("hidden_state", value);
    context.fillRect((unit * width) / values.length, 0, width / values.length + 0.5, height);
  });
}
