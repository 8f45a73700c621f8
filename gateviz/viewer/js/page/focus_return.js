// After a choice by mouse, or one that Enter has ended, the focus returns to the picture, so that the arrow keys step.
// Whoever moves by Tab keeps the focus where it is.

import { MOVING_KEYS } from "./keyboard.js";

const CHOSEN_BY_MOUSE = ".st-key-cells button, .st-key-language button, .st-key-layer button, .st-key-direction button, [role=option]";
const ENDED_BY_ENTER = ".st-key-sentence, .st-key-task, .st-key-line, .unit-box";
const DELAY = 60; // ms, until the text box has handled its key
const PATIENCE = 1500; // ms; while Streamlit builds a page its parts are hidden for a moment and take no focus

/** Return the focus to `root` after each choice. Returns a function that ends this. */
export function returnFocusTo(root) {
  let pressed = null; // the list that the mouse has opened
  let timer = null;
  function returnFocus(until = performance.now() + PATIENCE) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      root.focus({ preventScroll: true });
      if (!root.matches(":focus") && performance.now() < until) returnFocus(until);
    }, DELAY);
  }
  const within = (event, selector) => event.composedPath()[0].closest?.(selector) ?? null;
  const listening = new AbortController();
  const on = (name, answer) => document.addEventListener(name, answer, { capture: true, signal: listening.signal });
  on("click", (event) => event.detail > 0 && within(event, CHOSEN_BY_MOUSE) && returnFocus()); // a click by key has detail 0
  on("keydown", (event) => {
    if (!MOVING_KEYS.test(event.key)) clearTimeout(timer); // whoever types on, or elsewhere, keeps the focus
    pressed = null;
    if (event.key === "Enter" && !event.isComposing && within(event, ENDED_BY_ENTER)) returnFocus(); // while composing, Enter is the input method's
  });
  on("pointerdown", (event) => {
    clearTimeout(timer);
    pressed = within(event, "select");
  });
  root.addEventListener("change", (event) => event.target === pressed && returnFocus(), { signal: listening.signal });
  return () => {
    clearTimeout(timer);
    listening.abort();
  };
}
