// A button that is pressed or not.

import { make } from "../page/elements.js";

export function makeToggle(name, label, action) {
  const button = make("button", { className: "option", text: label, attributes: { type: "button", "aria-pressed": "false", "data-option": name } });
  button.addEventListener("click", () => action());
  return button;
}

export function press(button, isPressed) {
  button.setAttribute("aria-pressed", String(isPressed));
}
