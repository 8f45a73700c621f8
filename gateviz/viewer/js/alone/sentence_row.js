// The row above the viewer of a page that needs nobody: a box for any sentence, the architectures, ready examples, and the one
// sentence that says what was wrong with an input. It has the class names of the app's widgets.

import { make } from "../page/elements.js";

/**
 * @param {object} calls
 * @param {(text: string) => void} calls.onText A sentence was typed or an example chosen.
 * @param {(cells: string[]) => void} calls.onCells Other architectures were chosen.
 * @param {string[]} examples
 * @param {string[]} cells All that there are.
 */
export function createSentenceRow({ onText, onCells }, examples, cells) {
  const box = make("input", { className: "sentence-box", attributes: { type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go", "aria-describedby": "notice" } });
  const form = make("form", { className: "st-key-sentence", children: [box] });
  const notice = createNotice();
  const chips = examples.map((text, place) => {
    const chip = make("button", { className: "example", text, attributes: { type: "button", title: text, "data-example": place } });
    chip.addEventListener("click", () => onText(text));
    return chip;
  });
  const choices = make("div", { className: "segment st-key-cells", attributes: { role: "group" } });
  const examplesRow = make("div", { className: "examples", attributes: { role: "group" }, children: chips });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onText(box.value);
  });
  const buttons = cells.map((cell) => makeCell(cell, (isOn) => {
    const pressed = cells.filter((one, place) => (one === cell ? isOn : buttons[place].getAttribute("aria-pressed") === "true"));
    if (pressed.length) onCells(pressed);
  }));
  if (cells.length > 1) choices.append(...buttons);

  /** Say all in a language. */
  function speak(texts) {
    box.setAttribute("aria-label", texts.sentence);
    box.placeholder = texts.sentence;
    examplesRow.setAttribute("aria-label", texts.examples);
    choices.setAttribute("aria-label", texts.architectures);
    buttons.forEach((button, place) => (button.textContent = texts.cells[cells[place]]));
    notice.name(texts.put_away);
  }
  /** Show which sentence is read, and by which architectures. */
  function show(text, chosen) {
    box.value = text;
    chips.forEach((chip, place) => chip.setAttribute("aria-pressed", String(examples[place] === text)));
    buttons.forEach((button, place) => button.setAttribute("aria-pressed", String(chosen.includes(cells[place]))));
  }
  const busy = (isBusy) => form.setAttribute("aria-busy", isBusy);
  const row = make("div", { className: "sentence-row", children: [form, choices, notice.element] });
  return { element: row, examples: examplesRow, speak, show, busy, say: notice.say };
}

function makeCell(cell, choose) {
  const button = make("button", { className: "option", attributes: { type: "button", "data-choose-cell": cell } });
  button.addEventListener("click", () => choose(button.getAttribute("aria-pressed") !== "true"));
  return button;
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
