// Whose key it is: a box's, a button's, or the page's.

const MOVING = /^(Arrow|Home$|End$|Page| $)/;

/** Whether a key belongs to a box, a list or a menu rather than to the page. */
function isTyping(event) {
  const target = event.composedPath()[0];
  if (!(target instanceof Element)) return false;
  if (target.isContentEditable || target.closest("dialog,[role=listbox],[role=combobox],[role=menu],[role=dialog]")) return true;
  if (target.closest("[role=slider],[role=tablist],[role=radiogroup]")) return MOVING.test(event.key); // they have no use for letters
  if (target.matches("textarea, select")) return true;
  return target.matches("input") && !target.matches("[type=range].transport-slider, [type=checkbox], [type=button]");
}

/** Whether Space would press a button or a link that has the focus. */
function pressesSomething(event) {
  const target = event.composedPath()[0];
  return target instanceof Element && target.matches("button, a, summary, input[type=checkbox], [role=button], [role=radio], [role=tab]");
}

/** The key, a letter in lower case, also while an input method is on, which hides it. */
function letterOf({ key, code }) {
  if (key === "Process") return code.replace("Key", "").toLowerCase();
  return key.length === 1 ? key.toLowerCase() : key;
}
