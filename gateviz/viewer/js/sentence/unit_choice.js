// All units, or one: a control of two halves. The second has the number of the unit, which is typed in its place or
// stepped through.

import { make, makeIcon } from "../page/elements.js";
import { sharedUnits } from "../picture/signals.js";
import { makeToggle, press } from "./toggle.js";

const ARROWS = { "-1": "M15 5l-9 7 9 7z", 1: "M9 5l9 7-9 7z" };

export function createUnitChoice(header, state, { showWhole, chooseUnit }) {
  const { texts } = header;
  const units = sharedUnits(header);
  const all = makeToggle("all", texts.all_units, () => showWhole(true));
  const one = makeToggle("one", texts.unit, () => showWhole(false));
  const box = make("input", { className: "unit-box", attributes: { type: "number", min: 0, max: units - 1, "aria-label": texts.unit_box } });
  box.style.setProperty("--digits", String(units - 1).length);
  box.addEventListener("change", () => {
    const chosen = Math.round(Number(box.value));
    if (box.value !== "" && chosen >= 0 && chosen < units) chooseUnit(chosen);
    else box.value = state.unit;
  });
  const makeStep = (by, label) => {
    const button = make("button", { className: "unit-step", attributes: { type: "button", "aria-label": label, title: label }, children: [makeIcon(ARROWS[by])] });
    button.addEventListener("click", () => chooseUnit((state.unit + by + units) % units));
    return button;
  };
  const field = make("span", {
    className: "unit-field",
    attributes: { title: header.cells.length > 1 ? texts.unit_apart : "" },
    children: [one, makeStep(-1, texts.unit_before), box, makeStep(1, texts.unit_after)],
  });
  const element = make("div", { className: "segment units", attributes: { role: "group", "aria-label": texts.diagram_shows }, children: [all, field] });
  let shown = null;
  function show() {
    if (box.value !== String(state.unit) && box.getRootNode().activeElement !== box) box.value = state.unit;
    if (state.whole === shown) return;
    shown = state.whole;
    press(all, state.whole);
    press(one, !state.whole);
  }
  return { element, show };
}
