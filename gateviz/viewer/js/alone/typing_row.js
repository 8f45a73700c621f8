// The row above the viewer of a page that needs nobody: a box for any sentence, layer and direction where there are several, the
// architectures, ready examples, and the one sentence that says what was wrong with an input. It has the app's class names.

import { make } from "../page/elements.js";

/**
 * @param {object} calls
 * @param {(text: string) => void} calls.onText A sentence was typed or an example chosen.
 * @param {(cells: string[]) => void} calls.onCells Other architectures were chosen.
 * @param {(place: object) => void} calls.onPlace Another layer or direction was chosen: {layer} or {direction}.
 * @param {{examples: string[], cells: string[], places: object[]}} page All that there are.
 */
export function createTypingRow({ onText, onCells, onPlace }, { examples, cells, places }) {
  const box = make("input", { className: "sentence-box", attributes: { type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go", "aria-describedby": "notice" } });
  const form = make("form", { className: "st-key-sentence", children: [box] });
  const notice = createNotice();
  const chips = examples.map((text, place) => {
    const chip = make("button", { className: "example", text, attributes: { type: "button", title: text, "data-example": place } });
    chip.addEventListener("click", () => onText(text));
    return chip;
  });
  const architectures = createChoice("cells", cells, (cell, isOn) => {
    const pressed = cells.filter((one) => (one === cell ? isOn : architectures.isPressed(one)));
    if (pressed.length) onCells(pressed);
  });
  const layers = createChoice("layer", valuesOf(places, "layer"), (layer) => onPlace({ layer }));
  const directions = createChoice("direction", valuesOf(places, "direction"), (direction) => onPlace({ direction }));
  const examplesRow = make("div", { className: "examples", attributes: { role: "group" }, children: chips });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onText(box.value);
  });
  /** Say all in a language. */
  function speak(texts) {
    box.setAttribute("aria-label", texts.sentence);
    box.placeholder = texts.sentence;
    examplesRow.setAttribute("aria-label", texts.examples);
    architectures.speak(texts.architectures, (cell) => texts.cells[cell]);
    layers.speak(texts.layer, (layer) => `${texts.layer} ${layer + 1}`);
    directions.speak(texts.direction, (direction) => texts.directions[direction]);
    notice.name(texts.put_away);
  }
  /** Show which sentence is read, by which architectures, and which layer and direction is seen. */
  function show(text, chosen, place) {
    box.value = text;
    chips.forEach((chip, number) => chip.setAttribute("aria-pressed", String(examples[number] === text)));
    architectures.press((cell) => chosen.includes(cell));
    layers.press((layer) => layer === place.layer);
    directions.press((direction) => direction === place.direction);
  }
  const busy = (isBusy) => form.setAttribute("aria-busy", isBusy);
  const row = make("div", { className: "typing-row", children: [form, ...[layers, directions, architectures].map(({ element }) => element), notice.element] });
  return { element: row, examples: examplesRow, speak, show, busy, say: notice.say };
}

function valuesOf(places, name) {
  return [...new Set(places.map((place) => place[name]))];
}

/** Buttons side by side, one a value; nothing where there is only one. `choose(value, isOn)` is called with the one that is pressed. */
function createChoice(name, values, choose) {
  const isPressed = (value) => buttons[values.indexOf(value)].getAttribute("aria-pressed") === "true";
  const buttons = values.map((value) => {
    const button = make("button", { className: "option", attributes: { type: "button", [`data-choose-${name}`]: value } });
    button.addEventListener("click", () => choose(value, !isPressed(value)));
    return button;
  });
  const element = make("div", { className: `segment st-key-${name}`, attributes: { role: "group" }, children: values.length > 1 ? buttons : [] });
  const each = (act) => buttons.forEach((button, place) => act(button, values[place]));
  return {
    element,
    isPressed,
    speak: (label, say) => {
      element.setAttribute("aria-label", label);
      each((button, value) => (button.textContent = say(value)));
    },
    press: (isOn) => each((button, value) => button.setAttribute("aria-pressed", String(isOn(value)))),
  };
}

/** One sentence that lies over the page and can be put away. `say(null)` takes it back. */
function createNotice() {
  const words = make("span", { attributes: { id: "notice", role: "status" } });
  const close = make("button", { text: "✕", attributes: { type: "button" } });
  const element = make("div", { className: "notice", children: [words, close], attributes: { hidden: "" } });
  function say(text) {
    element.hidden = !text;
    words.textContent = text ?? "";
  }
  close.addEventListener("click", () => say(null));
  return { element, say, name: (label) => close.setAttribute("aria-label", label) };
}
