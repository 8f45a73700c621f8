// The strip of "Write on" in the row under the tokens: the button that writes and stops, the settings, and what went wrong. The
// button stands at the end of the row, where it stays under the hand when the settings come.

import { make, makeIcon, write } from "../page/elements.js";
import { createSettings } from "./settings.js";

const ICONS = { write: "M5 19l1-5L16 4l4 4L10 18zM13 7l4 4", stop: "M6 6h12v12H6z", close: "M6 6l12 12M18 6L6 18" };

/**
 * @param {object} texts Of the page.
 * @param {object} what
 * @param {() => void} what.press The button was pressed.
 * @param {() => void} what.change A setting was changed.
 * @param {() => void} what.close
 */
export function createWriteStrip(texts, { press, change, close }) {
  const label = make("span", { text: texts.write_on });
  const icon = makeIcon(ICONS.write);
  const button = make("button", { className: "option write-button", attributes: { type: "button", title: texts.write_on_title, "data-write": "button" }, children: [icon, label] });
  const place = make("span", { className: "write-choices" });
  const note = make("span", { className: "write-note", attributes: { role: "status" } });
  const away = make("button", { className: "write-icon write-close", attributes: { type: "button", title: texts.write_close, "aria-label": texts.write_close, "data-write": "close" }, children: [makeIcon(ICONS.close)] });
  const element = make("div", { className: "write-strip", attributes: { role: "group", "aria-label": texts.write_on }, children: [place, note, away, button] });
  button.addEventListener("click", press);
  away.addEventListener("click", close);
  let choices = null;
  let isPoem = false;

  /** The settings come when the models are there; `rhymes` are those of models that write quatrains, or null. */
  function offer(settings, rhymes) {
    isPoem = rhymes !== null;
    if (choices) return;
    choices = createSettings(texts, settings, { rhymes, onChange: change });
    place.append(choices.element);
  }
  /** `phase` is that of writing.js. */
  function show(phase) {
    const isWriting = phase === "waiting" || phase === "writing";
    element.dataset.phase = phase;
    write(label, isWriting ? texts.write_stop : phase === "stopped" ? texts.write_go_on : phase === "ended" && isPoem ? texts.another_poem : texts.write_on);
    icon.firstChild.setAttribute("d", isWriting ? ICONS.stop : ICONS.write);
    button.title = isWriting ? texts.write_stop_title : texts.write_on_title;
    place.hidden = away.hidden = phase === "closed";
  }
  /** What had the focus here has it afterwards, too. */
  function keepFocus(action) {
    const focused = element.getRootNode().activeElement;
    action();
    if (focused && element.contains(focused)) focused.focus({ preventScroll: true });
  }
  show("closed");
  return { element, offer, show, keepFocus, say: (text) => write(note, text), showSettings: () => choices?.show() };
}
