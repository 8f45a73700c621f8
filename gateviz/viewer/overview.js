// Under the slider of a long text, the whole of it: the surprise at each token, or how large the hidden state is where
// nothing could surprise, and a frame around the window that the heatmaps show.

const OVERVIEW_HEIGHT = 34;

function createOverview({ header, signals }, slider) {
  const steps = header.tokens.length;
  if (steps <= header.window) return { element: slider, draw: () => {}, show: () => {} };
  const canvas = make("canvas", { attributes: { "aria-hidden": "true" } });
  const frame = make("div", { className: "overview-frame" });
  const element = make("div", { className: "overview", children: [canvas, frame, slider] });
  frame.style.width = `${(100 * header.window) / steps}%`;

  function heights(cell) {
    const { surprise } = header.expected[cell];
    if (surprise?.some((bits) => bits !== null)) return header.tokens.map((_, step) => Math.min(1, (surprise[step - 1] ?? 0) / MOST_BITS));
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
  return { element, draw, show: (start) => (frame.style.left = `${(100 * start) / steps}%`) };
}
