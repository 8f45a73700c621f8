// Under the slider of a long text, the whole of it: the surprise at each token, or, where nothing can surprise, how large the
// hidden state is. A frame shows the window of the heatmaps. Dragged, or moved by its keys, it shows another part of the
// text; a click, or a drag that begins at the cursor or outside the frame, takes the cursor there.

import { fill } from "../format/texts.js";
import { make, sizeCanvas } from "../page/elements.js";
import { createReader, rootMeanSquare } from "../picture/signals.js";
import { hasSurprise } from "./token_colours.js";

export const SCROLL_KEYS = new Set(["ArrowLeft", "ArrowRight", "Home", "End"]);

const HEIGHT = 34;
const GRIP = 6; // px on either side of the cursor that take hold of it
const SLIP = 3; // px that the pointer may move in a click

/** `goTo(step)` moves the cursor, `scroll(start)` the window alone. A short text has only the slider. */
export function createOverview(picture, slider, state, { goTo, scroll }) {
  const { header } = picture;
  const { texts, window: wide } = header;
  const steps = header.tokens.length;
  if (steps <= wide) return { element: slider, draw: () => {}, show: () => {}, scrollBy: null };
  const canvas = make("canvas", { attributes: { "aria-hidden": "true" } });
  const frame = make("div", { className: "overview-frame", attributes: { role: "slider", tabindex: 0, "aria-label": texts.window, "aria-valuemin": 1, "aria-valuemax": steps - wide + 1 } });
  const element = make("div", { className: "overview", children: [canvas, frame, slider] });
  frame.style.width = `${(100 * wide) / steps}%`;
  let framed = null;

  function draw(shown) {
    const cell = header.cells.includes(shown) ? shown : header.cells[0];
    const width = element.clientWidth;
    if (width) drawHeights(sizeCanvas(canvas, width, HEIGHT), heightsOf(cell, picture), width, getComputedStyle(element).color);
  }
  function show(start) {
    if (start === framed) return;
    framed = start;
    frame.style.left = `${(100 * start) / steps}%`;
    frame.setAttribute("aria-valuenow", start + 1);
    frame.setAttribute("aria-valuetext", fill(texts.steps_shown, { first: start + 1, last: start + wide, steps }));
  }
  /** Move the window by a fifth of its width, or to an end of the text. */
  function scrollBy(key) {
    const fifth = Math.round(wide / 5);
    scroll({ ArrowLeft: state.start - fifth, ArrowRight: state.start + fifth, Home: 0, End: steps }[key]);
  }
  frame.addEventListener("keydown", (event) => {
    if (!SCROLL_KEYS.has(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault(); // a frame that has the focus takes the keys
    scrollBy(event.key);
  });
  element.addEventListener("mousedown", (event) => event.preventDefault()); // a drag does not give the frame the focus
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    startDrag(event, element, { steps, wide, ...state }, { goTo, scroll });
    slider.focus({ preventScroll: true }); // so that the keys step; whoever comes by Tab has the frame's own keys
  });
  return { element, draw, show, scrollBy };
}

/** For each step a height between 0 and 1. */
function heightsOf(cell, picture) {
  const { header } = picture;
  const { surprise } = header.expected[cell];
  if (hasSurprise(header, cell)) return header.tokens.map((_, step) => Math.min(1, (surprise[step - 1] ?? 0) / header.most_bits));
  if (header.heights) return header.heights[cell]; // the server computed them, because the states come in pieces
  const { at } = createReader(cell, picture);
  return header.tokens.map((_, step) => Math.min(1, rootMeanSquare(at("hidden_state", step))));
}

/** A column for each pixel, as high as the largest of its steps. */
function drawHeights(context, heights, width, colour) {
  const steps = heights.length;
  context.clearRect(0, 0, width, HEIGHT);
  context.fillStyle = colour;
  for (let x = 0; x < width; x++) {
    const from = Math.floor((x * steps) / width);
    const to = Math.max(from + 1, Math.floor(((x + 1) * steps) / width));
    const high = Math.max(...heights.slice(from, to)) * (HEIGHT - 4);
    context.fillRect(x, HEIGHT - high - 1, 1, high + 1);
  }
}

/** Follow the pointer until it is let go; `step` and `start` are cursor and window when the drag begins. */
function startDrag(event, element, { steps, wide, step, start }, { goTo, scroll }) {
  const box = element.getBoundingClientRect();
  const each = box.width / steps;
  const stepAt = (x) => Math.floor((x - box.left) / each);
  const from = event.clientX;
  const isOnCursor = Math.abs(from - box.left - (step + 0.5) * each) <= GRIP;
  const isOnFrame = !isOnCursor && stepAt(from) >= start && stepAt(from) < start + wide;
  let hasMoved = false;
  const onMove = (move) => {
    hasMoved ||= Math.abs(move.clientX - from) > SLIP;
    if (isOnFrame && hasMoved) scroll(start + Math.round((move.clientX - from) / each));
    else if (!isOnFrame) goTo(stepAt(move.clientX));
  };
  const onUp = (up) => {
    element.removeEventListener("pointermove", onMove);
    if (isOnFrame && !hasMoved && up.type === "pointerup") goTo(stepAt(from));
  };
  element.setPointerCapture(event.pointerId);
  element.addEventListener("pointermove", onMove);
  element.addEventListener("pointerup", onUp, { once: true });
  element.addEventListener("pointercancel", onUp, { once: true });
  if (!isOnFrame && !isOnCursor) goTo(stepAt(from));
}
