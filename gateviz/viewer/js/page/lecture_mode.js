// Lecture mode: the page for a projector, with nothing but the sentence, the cursor, the cells and the guesses, all large.
// It is an attribute of <html>, which the page's style sheet and the parts in shadow roots follow, and lecture=1 in the address.

import { isNotForPage, letterOf } from "./keyboard.js";

const LECTURE = "gatevizLecture";
const CLICKER = { PageDown: "ArrowRight", PageUp: "ArrowLeft" }; // a presenter's remote control sends these keys

export function isLecture() {
  return LECTURE in document.documentElement.dataset;
}

export function setLecture(on) {
  const { dataset } = document.documentElement;
  if (on) dataset[LECTURE] = "";
  else delete dataset[LECTURE];
  const address = new URL(location.href);
  if (on) address.searchParams.set("lecture", "1");
  else address.searchParams.delete("lecture");
  history.replaceState(history.state, "", address);
  document.querySelector(".stMain")?.scrollTo(0, 0);
}

/** Call `change(on)` now and whenever somebody enters or leaves the mode. Returns a function that ends this. */
export function followLecture(change) {
  return followMark("data-gateviz-lecture", change);
}

/** The same for a card of the lessons, which the panel opens and closes. */
export function followLesson(change) {
  return followMark("data-gateviz-lesson", change);
}

function followMark(name, change) {
  const page = document.documentElement;
  const observer = new MutationObserver(() => change(page.hasAttribute(name)));
  observer.observe(page, { attributes: true, attributeFilter: [name] });
  change(page.hasAttribute(name));
  return () => observer.disconnect();
}

/** Enter the mode if the address says so, and listen to its keys. Returns a function that ends this. */
export function startLecture() {
  if (new URLSearchParams(location.search).get("lecture") === "1") setLecture(true);
  document.addEventListener("keydown", onLectureKey);
  return () => document.removeEventListener("keydown", onLectureKey);
}

function onLectureKey(event) {
  if (isNotForPage(event)) return;
  const key = letterOf(event);
  if (key === "l") setLecture(!isLecture());
  else if (key === "Escape" && isLecture()) setLecture(false);
  else if (CLICKER[key] && isLecture()) document.dispatchEvent(new KeyboardEvent("keydown", { key: CLICKER[key], bubbles: true }));
  else return;
  event.preventDefault();
}
