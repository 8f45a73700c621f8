// The button that opens the second sentence, and its line: a box to type it in, sentences that are ready, what the maps show.

import { LOOKS } from "../maps/map_look.js";
import { make, write } from "../page/elements.js";
import { makeToggle, press } from "../sentence/toggle.js";
import { readyPairs } from "./ready_pairs.js";

/**
 * @param {object} header
 * @param {import("../viewer/view_state.js").ViewState} state
 * @param {object} comparison That of createComparison().
 * @param {{lookAt: (look: string) => void}} actions
 * @returns {{element: HTMLElement, show: () => void}}
 */
export function createSecondLine(header, state, comparison, actions) {
  const { compare: say } = header.texts;
  const button = makeToggle("compare", say.open, () => toggle());
  button.title = say.open_title;
  const box = make("input", { className: "compare-box", attributes: { type: "text", "aria-label": say.sentence, spellcheck: "false", autocomplete: "off" } });
  const pairs = readyPairs(header.text, header.tokens, header.pairs).map((pair) => makePair(pair, comparison.choose));
  const looks = LOOKS.map((look) => makeToggle(`look-${look}`, say[look], () => actions.lookAt(look)));
  const look = make("div", { className: "segment compare-look", attributes: { role: "group", "aria-label": say.look }, children: looks });
  const close = make("button", { className: "compare-close", text: "×", attributes: { type: "button", "aria-label": say.close, title: say.close } });
  close.addEventListener("click", () => toggle());
  const problem = make("p", { className: "compare-problem", attributes: { role: "status" } });
  const ready = make("div", { className: "compare-pairs", attributes: { role: "group", "aria-label": say.ready }, children: pairs.map((pair) => pair.element) });
  const line = make("div", { className: "compare-line", children: [box, ready, look, close] });
  const element = make("div", { className: "compare", children: [button, line, problem] });
  let written = null; // what of the state the box was last given

  function toggle() {
    comparison.open(!state.isComparing);
    if (state.isComparing) box.focus();
    else button.focus();
  }
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") comparison.choose(box.value).then((isRead) => isRead && box.closest("[data-gateviz]").focus({ preventScroll: true }));
    if (event.key === "Escape") box.value = state.other ?? header.text;
  });
  function show() {
    const isOpen = state.isComparing;
    const why = comparison.problem();
    press(button, isOpen);
    button.setAttribute("aria-expanded", String(isOpen));
    line.hidden = !isOpen;
    const wanted = isOpen ? (state.other ?? header.text) : null;
    if (wanted !== written && !why) box.value = written = wanted; // what cannot be read stays, to be corrected
    write(problem, why);
    problem.hidden = !why;
    line.setAttribute("aria-busy", String(comparison.isReading()));
    look.hidden = comparison.compared() === null;
    pairs.forEach((pair) => press(pair.element, pair.text === state.other));
    looks.forEach((toggleOfLook, place) => press(toggleOfLook, state.mapLook === LOOKS[place]));
  }
  return { element, show };
}

function makePair({ label, text }, choose) {
  const element = make("button", { className: "option compare-pair", text: label, attributes: { type: "button", "aria-pressed": "false", title: text, "data-ready-pair": label } });
  element.addEventListener("click", () => choose(text));
  return { element, text };
}
