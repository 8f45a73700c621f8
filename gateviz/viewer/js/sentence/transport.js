// The buttons first, back, play, forward, forward in beats, last; the slider; the place in the text; and the keys that do the same.

import { fill } from "../format/texts.js";
import { make, makeIcon, write } from "../page/elements.js";
import { isNotForPage, pressesSomething } from "../page/keyboard.js";
import { isLecture } from "../page/lecture_mode.js";
import { createOverview, SCROLL_KEYS } from "./overview.js";

const PLAY_INTERVAL = 350; // ms a step: time to read a letter and to see the gates move

const ICONS = {
  first: "M6 5v14M19 5l-9 7 9 7z",
  back: "M16 5l-9 7 9 7z",
  play: "M7 4l13 8-13 8z",
  pause: "M7 5v14M17 5v14",
  on: "M8 5l9 7-9 7z",
  beats: "M4 6l8 6-8 6zM15 6v.01M19 6v.01M15 12v.01M19 12v.01M15 18v.01M19 18v.01",
  last: "M18 5v14M5 5l9 7-9 7z",
};

export function createTransport(picture, state, { goTo, scroll, stepInBeats }) {
  const { header } = picture;
  const { texts } = header;
  const last = header.tokens.length - 1;
  const moves = {
    first: () => goTo(0),
    back: () => goTo(state.step - 1),
    on: () => goTo(state.step + 1),
    beats: stepInBeats,
    last: () => goTo(last),
  };
  const player = createPlayer({ isAtEnd: () => state.step >= last, start: moves.first, step: moves.on, onChange: (name) => face(buttons.play, name, texts) });
  const stopAnd = (move) => (wanted) => {
    player.pause();
    move(wanted);
  };
  const buttons = Object.fromEntries(["first", "back", "play", "on", "beats", "last"].map((name) => {
    const button = make("button", {
      className: "transport-button",
      attributes: { type: "button", "aria-label": texts[name], title: texts[name], "data-action": name },
      children: [makeIcon(ICONS[name])],
    });
    button.addEventListener("click", name === "play" ? player.toggle : stopAnd(moves[name]));
    return [name, button];
  }));
  const slider = make("input", {
    className: "transport-slider",
    attributes: { type: "range", min: 0, max: last, step: 1, "aria-label": texts.step },
  });
  slider.addEventListener("input", () => stopAnd(goTo)(Number(slider.value)));
  const overview = createOverview(picture, slider, state, { goTo: stopAnd(goTo), scroll });
  const placeText = (step) => fill(texts.place, { step: step + 1, steps: last + 1 });
  const place = make("output", { className: "place", attributes: { "data-widest": placeText(last) } });
  const element = make("div", {
    className: "transport",
    attributes: { role: "group", "aria-label": texts.transport },
    children: [make("div", { className: "transport-buttons", children: Object.values(buttons) }), overview.element, place],
  });
  function show() {
    const { step } = state;
    overview.show(state.start);
    slider.value = step;
    slider.style.setProperty("--share", last ? step / last : 1);
    write(place, placeText(step));
    buttons.first.disabled = buttons.back.disabled = step === 0;
    buttons.on.disabled = buttons.last.disabled = step === last;
  }
  const keys = { ArrowLeft: moves.back, ArrowRight: moves.on, Home: moves.first, End: moves.last };
  const withShift = { ArrowRight: stopAnd(moves.beats) };
  const onKey = createKeyHandler(Object.fromEntries(Object.entries(keys).map(([key, move]) => [key, stopAnd(move)])), withShift, player, overview);
  return { element, draw: overview.draw, show, onKey, play: player.play, pause: player.pause, isPlaying: player.isPlaying };
}

/** Give the play button the icon and the name of what a press would do. */
function face(button, name, texts) {
  button.querySelector("path").setAttribute("d", ICONS[name]);
  button.setAttribute("aria-label", texts[name]);
  button.title = texts[name];
}

/** Steps on by itself until the end. `onChange("pause" or "play")` tells what a press would do now. */
function createPlayer({ isAtEnd, start, step, onChange }) {
  let timer = null;
  function toggle() {
    if (timer) return pause();
    if (isAtEnd()) start();
    play();
  }
  function play() {
    timer ??= setInterval(() => (isAtEnd() ? pause() : step()), PLAY_INTERVAL);
    onChange("pause");
  }
  function pause() {
    if (!timer) return;
    clearInterval(timer);
    timer = null;
    onChange("play");
  }
  return { toggle, play, pause, isPlaying: () => timer !== null };
}

/** `moves` by key; Space plays; with Shift the keys move the window of a long text, and in a short one do what `withShift` says. */
function createKeyHandler(moves, withShift, player, overview) {
  return (event) => {
    if (isNotForPage(event)) return;
    if (event.key === " ") {
      if (pressesSomething(event)) return;
      player.toggle();
    } else if (event.shiftKey && overview.scrollBy && SCROLL_KEYS.has(event.key)) {
      if (!isLecture()) overview.scrollBy(event.key); // what cannot be seen takes no keys
    } else if (event.shiftKey && event.key in withShift) {
      withShift[event.key]();
    } else if (event.key in moves) {
      moves[event.key]();
    } else return;
    event.preventDefault();
  };
}
