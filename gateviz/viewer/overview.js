// Under the slider of a long text, the whole of it: the surprise at each token, or how large the hidden state is where
// nothing could surprise, and a frame around the window that the heatmaps show. The frame is dragged, or moved by its keys,
// to look elsewhere; a click, or a drag that begins at the cursor or outside the frame, takes the cursor there.

const OVERVIEW_HEIGHT = 34;
const SCROLL_KEYS = new Set(["ArrowLeft", "ArrowRight", "Home", "End"]);
const GRIP = 6; // px on either side of the cursor that take hold of it
const STILL = 3; // px that a click may slip

/** `goTo(step)` moves the cursor, `scroll(start)` the window alone; `stands()` is {step, start}. */
function createOverview({ header, signals }, slider, { goTo, scroll, stands }) {
  const { words, window: wide } = header;
  const steps = header.tokens.length;
  if (steps <= wide) return { element: slider, draw: () => {}, show: () => {}, scrollBy: null };
  const canvas = make("canvas", { attributes: { "aria-hidden": "true" } });
  const frame = make("div", { className: "overview-frame", attributes: { role: "slider", tabindex: 0, "aria-label": words.window, "aria-valuemin": 1, "aria-valuemax": steps - wide + 1 } });
  const element = make("div", { className: "overview", children: [canvas, frame, slider] });
  frame.style.width = `${(100 * wide) / steps}%`;
  let framed = null;

  function heights(cell) {
    const { surprise } = header.expected[cell];
    if (surprise?.some((bits) => bits !== null)) return header.tokens.map((_, step) => Math.min(1, (surprise[step - 1] ?? 0) / MOST_BITS));
    if (header.heights) return header.heights[cell]; // of a text whose states have not all come
    const units = header.units[cell];
    return header.tokens.map((_, step) => Math.min(1, rootMeanSquare(signals[cell].hidden_state.subarray(step * units, (step + 1) * units))));
  }
  function draw(shown) {
    const cell = header.cells.includes(shown) ? shown : header.cells[0];
    const width = element.clientWidth;
    if (!width) return;
    const context = sizeCanvas(canvas, width, OVERVIEW_HEIGHT);
    const values = heights(cell);
    context.clearRect(0, 0, width, OVERVIEW_HEIGHT);
    context.fillStyle = getComputedStyle(element).color;
    for (let x = 0; x < width; x++) {
      const [from, to] = [Math.floor((x * steps) / width), Math.max(Math.floor((x * steps) / width) + 1, Math.floor(((x + 1) * steps) / width))];
      const high = Math.max(...values.slice(from, to)) * (OVERVIEW_HEIGHT - 4); // the largest of a pixel's steps
      context.fillRect(x, OVERVIEW_HEIGHT - high - 1, 1, high + 1);
    }
  }
  function show(start) {
    if (start === framed) return;
    framed = start;
    frame.style.left = `${(100 * start) / steps}%`;
    frame.setAttribute("aria-valuenow", start + 1);
    frame.setAttribute("aria-valuetext", fill(words.steps_shown, { first: start + 1, last: start + wide, steps }));
  }

  /** A fifth of the window further, or to the text's end. */
  function scrollBy(key) {
    const fifth = Math.round(wide / 5);
    scroll({ ArrowLeft: stands().start - fifth, ArrowRight: stands().start + fifth, Home: 0, End: steps }[key]);
  }
  frame.addEventListener("keydown", (event) => {
    if (!SCROLL_KEYS.has(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault(); // where the frame has the focus, the keys are the frame's
    scrollBy(event.key);
  });

  element.addEventListener("mousedown", (event) => event.preventDefault()); // a drag does not give the frame the focus
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const box = element.getBoundingClientRect();
    const each = box.width / steps;
    const stepAt = (x) => Math.floor((x - box.left) / each);
    const { step, start } = stands();
    const from = event.clientX;
    const onCursor = Math.abs(from - box.left - (step + 0.5) * each) <= GRIP;
    const onFrame = !onCursor && stepAt(from) >= start && stepAt(from) < start + wide;
    let slipped = false;
    const onMove = (move) => {
      slipped ||= Math.abs(move.clientX - from) > STILL;
      if (onFrame && slipped) scroll(start + Math.round((move.clientX - from) / each));
      else if (!onFrame) goTo(stepAt(move.clientX));
    };
    const onUp = (up) => {
      element.removeEventListener("pointermove", onMove);
      if (onFrame && !slipped && up.type === "pointerup") goTo(stepAt(from));
    };
    element.setPointerCapture(event.pointerId);
    element.addEventListener("pointermove", onMove);
    element.addEventListener("pointerup", onUp, { once: true });
    element.addEventListener("pointercancel", onUp, { once: true });
    if (!onFrame && !onCursor) goTo(stepAt(from));
    slider.focus({ preventScroll: true }); // the keys step, as everywhere; the frame has its own for who comes by Tab
  });
  return { element, draw, show, scrollBy };
}
