// The buttons of the lesson panel. Each calls act(action, value).

import { make, makeIcon } from "../page/elements.js";

const ICONS = {
  lesson: "M12 6.5C10 5 7 4.5 3.5 4.5v13C7 17.5 10 18 12 19.5c2-1.5 5-2 8.5-2v-13C17 4.5 14 5 12 6.5zM12 6.5v13",
  lecture: "M3 4.5h18M4.5 4.5v10h15v-10M12 14.5v3M8.5 20.5l3.5-3 3.5 3",
  close: "M6 6l12 12M18 6L6 18",
  previous: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  right: "M5 12.5l4.5 4.5L19 7.5",
  wrong: "M7 7l10 10M17 7L7 17",
};

export function makeSign(name) {
  return makeIcon(ICONS[name], { class: "sign" });
}

/** `icon` stands before the text, `iconAfter` behind it; `label` is the name for those who cannot see the text. */
export function makeButton(action, act, { className = "", icon, text, label, value, disabled, pressed, iconAfter } = {}) {
  const children = [icon && makeSign(icon), text !== undefined && make("span", { className: "label", text }), iconAfter && makeSign(iconAfter)].filter(Boolean);
  const button = make("button", { className: `button ${className}`, attributes: { type: "button", "data-action": action }, children });
  if (label) Object.assign(button, { title: label, ariaLabel: label });
  if (pressed !== undefined) button.setAttribute("aria-pressed", String(pressed));
  button.disabled = Boolean(disabled);
  button.addEventListener("click", () => act(action, value));
  return button;
}
