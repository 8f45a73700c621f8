// Where the viewer is, and how a lesson's card moves it.

import { numberIn } from "../page/address.js";

const PHONE = 640; // px of width, as in lesson.css
const HEADER = 56; // px of the page's own header

/** The viewer's step and unit, whether its diagrams show all units, and its looks; without a viewer, those of the address. */
export function currentView() {
  let view = null;
  document.dispatchEvent(new CustomEvent("gateviz:view", { detail: { answer: (found) => (view = found) } }));
  if (view) return { step: view.step, unit: view.unit, whole: view.whole, colour: view.colour, order: view.order };
  const { search } = location;
  return { step: numberIn(search, "step"), unit: numberIn(search, "unit"), whole: new URLSearchParams(search).get("diagram") !== "unit" };
}

/** The viewer, or what stands in its place on the page Under the hood, which takes a step and a unit too. */
export function findViewer() {
  for (const host of document.querySelectorAll(".st-key-viewer *, .st-key-hood *")) {
    const viewer = host.shadowRoot?.querySelector(":is([data-gateviz=viewer], [data-gateviz=hood])[data-steps]");
    if (viewer) return viewer;
  }
  return null;
}

/** Move the viewer to a card's target; without a step it keeps its own. What is veiled is not played. */
export function moveViewer(viewer, { step, unit, whole, cell, signal, order, colour, veil, beats }) {
  const detail = { ...(step === null ? {} : { step }), unit, whole, cell, highlight: signal, order, colour, veil, beats: beats && !veil };
  viewer.dispatchEvent(new CustomEvent("gateviz:go", { detail }));
}

/** On a phone the card leaves room for little but the picture: so scroll past the boxes above it. False if it is not there. */
export function scrollToPicture(selector) {
  const [picture, page] = [document.querySelector(selector), document.querySelector(".stMain")];
  if (!picture || !page || innerWidth > PHONE) return Boolean(picture);
  page.scrollTo({ top: page.scrollTop + picture.getBoundingClientRect().top - HEADER, behavior: "instant" });
  return true;
}
