// The list of what is held, in the row under the tokens. While nothing is, what can be tried stands there.

import { fill } from "../format/texts.js";
import { make, write } from "../page/elements.js";
import { makeToggle, press } from "../sentence/toggle.js";
import { LOOKS } from "../maps/map_look.js";
import { sayHold } from "./hold_words.js";
import { readHolds } from "./holds.js";

/**
 * @param {HTMLElement} slot Of hand_row.js.
 * @param {object} header
 * @param {import("../viewer/view_state.js").ViewState} state
 * @param {import("./holding.js").Holding} holding
 * @param {{goTo: Function, lookAt: Function}} actions
 */
export function createHoldList(slot, header, state, holding, actions) {
  const { texts } = header;
  const list = make("ul", { className: "hold-list", attributes: { "aria-label": texts.hold.list } });
  const all = make("button", { className: "hold-all", text: texts.hold.let_go_all, attributes: { type: "button" } });
  all.addEventListener("click", () => holding.change([]));
  const looks = LOOKS.map((look) => makeToggle(`look-${look}`, texts.hold[`look_${look}`], () => actions.lookAt(look)));
  const look = make("div", { className: "segment hold-look", attributes: { role: "group", "aria-label": texts.hold.maps, title: texts.hold.maps }, children: looks });
  const problem = make("span", { className: "hold-problem", attributes: { role: "status" } });
  const tries = drawTries(header, holding, actions);
  let drawn = null;

  function show() {
    const { holds } = state;
    if (holds !== drawn) draw(holds);
    const found = holding.problem;
    write(problem, found ? fill(texts.hold[found.name], found) : "");
    LOOKS.forEach((name, place) => press(looks[place], name === state.mapLook));
  }
  function draw(holds) {
    const before = drawn;
    drawn = holds;
    if (before && sameButValues(before, holds)) return holds.forEach((hold, place) => writeItem(list.children[place], hold, header));
    list.replaceChildren(...holds.map((_, place) => makeItem(place)));
    holds.forEach((hold, place) => writeItem(list.children[place], hold, header));
    slot.replaceChildren(...(holds.length ? [list, ...(holds.length > 1 ? [all] : []), problem, look] : [...tries, problem]));
  }
  function makeItem(place) {
    const words = make("button", { className: "hold-words", attributes: { type: "button" } });
    words.addEventListener("click", () => actions.goTo(state.holds[place].from));
    const away = make("button", { className: "hold-away", text: "×", attributes: { type: "button", title: texts.hold.let_go } });
    away.addEventListener("click", () => holding.change(state.holds.toSpliced(place, 1)));
    return make("li", { className: "hold", children: [words, away] });
  }
  return { show };
}

/** Whether the lists hold the same places at the same steps: then a hand may be moving one of them. */
function sameButValues(before, after) {
  const isSame = (hold, other) => ["cell", "layer", "direction", "signal", "unit", "from", "to"].every((name) => hold[name] === other[name]);
  return after.length > 0 && before.length === after.length && after.every((hold, place) => isSame(hold, before[place]));
}

function writeItem(item, hold, header) {
  const words = sayHold(hold, header);
  const [button, away] = item.children;
  button.textContent = words;
  away.setAttribute("aria-label", `${header.texts.hold.let_go}: ${words}`);
  Object.assign(item.dataset, { held: `${hold.cell}.${hold.signal}`, heldValue: hold.value });
  if (hold.unit !== null) item.dataset.unit = hold.unit;
}

/** One click each; where the cursor then stands one sees what came of it. */
function drawTries({ texts, tries = [] }, holding, { goTo }) {
  if (!tries.length) return [];
  const buttons = tries.map(({ text, holds, step }) => {
    const button = make("button", { className: "hold-try", text, attributes: { type: "button", "data-try": holds } });
    button.addEventListener("click", () => {
      holding.change(readHolds(holds).holds);
      goTo(step);
    });
    return button;
  });
  return [make("span", { className: "caption", text: texts.hold.tries }), ...buttons];
}
