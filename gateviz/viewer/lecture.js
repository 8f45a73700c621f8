// Lecture mode: the page for a projector, nothing but sentence, cursor, cells and guesses, large. It is an attribute of
// <html>, which the page's style sheet and every part in a shadow root follow, and lecture=1 in the address.

const LECTURE = "gatevizLecture";

function isLecture() {
  return LECTURE in document.documentElement.dataset;
}

function setLecture(on) {
  const { dataset } = document.documentElement;
  if (on) dataset[LECTURE] = "";
  else delete dataset[LECTURE];
  const address = new URL(location.href);
  if (on) address.searchParams.set("lecture", "1");
  else address.searchParams.delete("lecture");
  history.replaceState(history.state, "", address);
  document.querySelector(".stMain")?.scrollTo(0, 0);
}

/** Call `change(on)` now and whenever the mode is entered or left; gives back what ends that. */
function followLecture(change) {
  const observer = new MutationObserver(() => change(isLecture()));
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-gateviz-lecture"] });
  change(isLecture());
  return () => observer.disconnect();
}

/** Enter the mode if the address says so, and listen to its keys; gives back what ends that. */
function startLecture() {
  if (new URLSearchParams(location.search).get("lecture") === "1") setLecture(true);
  document.addEventListener("keydown", onLectureKey);
  return () => document.removeEventListener("keydown", onLectureKey);
}

function onLectureKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
  const key = letterOf(event);
  const clicker = { PageDown: "ArrowRight", PageUp: "ArrowLeft" }[key]; // what a presenter holds in the hand sends these
  if (key === "l") setLecture(!isLecture());
  else if (key === "Escape" && isLecture()) setLecture(false);
  else if (clicker && isLecture()) document.dispatchEvent(new KeyboardEvent("keydown", { key: clicker, bubbles: true }));
  else return;
  event.preventDefault();
}
