// What a hand can do at a node, in the card of its equation: type the value of a gate, silence a unit, freeze a state, copy it from
// the sentence that one compares with; and, of what is held there, since when, and to let go.

import { fill } from "../format/texts.js";
import { make } from "../page/elements.js";
import { createHoldControls } from "./hold_controls.js";
import { indexAt, stepsFor } from "./holds.js";

/** `show(asked)` shows it for a node: {cell, signal, isPinned}. A card that is not pinned only tells of what is held. */
export function createCardHold(header, state, holding, valueAt) {
  let asked = null;
  const placeFor = (signal, unit) => ({ cell: asked.cell, layer: header.layer, direction: header.direction, signal, unit });
  const place = () => placeFor(asked.signal, state.whole ? null : state.unit);
  const controls = createHoldControls(header, state, holding, { place, shownValue: () => valueAt(place()) });
  const hold = (signal, unit, value) => holding.change([...state.holds, { ...placeFor(signal, unit), ...stepsFor("on", state.step), value }]);
  const deed = (name, action) => {
    const button = make("button", { className: "option", attributes: { type: "button", "data-hold": name } });
    button.addEventListener("click", action);
    return button;
  };
  const deeds = {
    silence: deed("silence", () => hold("hidden_state", state.unit, 0)),
    freeze: deed("freeze", () => hold(asked.signal, place().unit, "freeze")),
    copy: deed("copy", () => hold(asked.signal, place().unit, "other")),
  };
  const row = make("div", { className: "hold-deeds", children: Object.values(deeds) });
  const element = make("div", { className: "card-hold", children: [controls.element, row] });
  function show(next) {
    asked = next;
    const isState = asked.signal.endsWith("_state");
    const isHeld = indexAt(state.holds, place(), state.step) >= 0;
    controls.element.hidden = !isHeld && (isState || !asked.isPinned);
    row.hidden = !isState || !asked.isPinned;
    element.hidden = controls.element.hidden && row.hidden;
    deeds.copy.hidden = state.other === null;
    if (!controls.element.hidden) controls.show();
    for (const [name, button] of Object.entries(deeds)) {
      const ofAll = state.whole && name !== "silence";
      button.textContent = fill(header.texts.hold[ofAll ? `${name}_all` : `${name}_unit`], { unit: state.unit });
    }
  }
  return { element, show };
}
