// Whether a key belongs to a text box, to a button, or to the page.

export const MOVING_KEYS = /^(Arrow|Home$|End$|Page| $)/;

/** Whether the page's own keys must ignore this event: another part took it, a modifier is held, or somebody types. */
export function isNotForPage(event) {
  return event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event);
}

/** Whether the key belongs to a text box, a list or a menu. */
export function isTyping(event) {
  const target = event.composedPath()[0];
  if (!(target instanceof Element)) return false;
  if (target.isContentEditable || target.closest("dialog,[role=listbox],[role=combobox],[role=menu],[role=dialog]")) return true;
  if (target.closest("[role=slider],[role=tablist],[role=radiogroup]")) return MOVING_KEYS.test(event.key); // these use no letters
  if (target.matches("textarea, select")) return true;
  return target.matches("input") && !target.matches("[type=range].transport-slider, [type=checkbox], [type=button]");
}

/** Whether Space would press a button or a link that has the focus. */
export function pressesSomething(event) {
  const target = event.composedPath()[0];
  return target instanceof Element && target.matches("button, a, summary, input[type=checkbox], [role=button], [role=radio], [role=tab]");
}

/** The key, a letter in lower case. While an input method is on, it hides the key, and the key's code tells the letter. */
export function letterOf({ key, code }) {
  if (key === "Process") return code.replace("Key", "").toLowerCase();
  return key.length === 1 ? key.toLowerCase() : key;
}
