// Where the keys go after a choice. Who chooses with the mouse, or ends a choice or a text with Enter, goes on with the
// arrow keys, which step: the focus comes to the picture. Who goes about by Tab keeps it where it is.

const CHOSEN_BY_MOUSE = ".st-key-cells button, .st-key-language button, .st-key-layer button, .st-key-direction button, [role=option]";
const ENDED_BY_ENTER = ".st-key-sentence, .st-key-task, .st-key-line, .unit-box";
const MOMENT = 60; // ms, until the box has done with its key
const PATIENCE = 1500; // ms; while Streamlit puts a page together, its parts are hidden for a moment and take no focus

/** Let `root` have the focus after each choice; gives back what ends that. */
function bringKeysHome(root) {
  let pressed = null; // the list that the mouse has opened
  let coming = null;
  function home(until = performance.now() + PATIENCE) {
    clearTimeout(coming);
    coming = setTimeout(() => {
      root.focus({ preventScroll: true });
      if (!root.matches(":focus") && performance.now() < until) home(until);
    }, MOMENT);
  }
  const within = (event, selector) => event.composedPath()[0].closest?.(selector) ?? null;
  const ends = new AbortController();
  const on = (name, answer) => document.addEventListener(name, answer, { capture: true, signal: ends.signal });
  on("click", (event) => event.detail > 0 && within(event, CHOSEN_BY_MOUSE) && home()); // a key's click counts 0
  on("keydown", (event) => {
    if (!MOVING.test(event.key)) clearTimeout(coming); // who goes on typing, or elsewhere, is not called away
    pressed = null;
    if (event.key === "Enter" && !event.isComposing && within(event, ENDED_BY_ENTER)) home(); // an input method has an Enter of its own
  });
  on("pointerdown", (event) => {
    clearTimeout(coming);
    pressed = within(event, "select");
  });
  root.addEventListener("change", (event) => event.target === pressed && home(), { signal: ends.signal });
  return () => {
    clearTimeout(coming);
    ends.abort();
  };
}
