// One unit over time: a row a signal, on the time axis of the heatmaps below, its number at the cursor on the right.

const CURVE_HEIGHT = 22;
const ROW_HEIGHT = 24; // of which a px above and below stays free

function createCurves(cell, picture, scale) {
  const { header, signals } = picture;
  const { geometry, words, units: sizes, limits } = header;
  const units = sizes[cell];
  const steps = Math.min(header.tokens.length, header.window);
  const rows = Object.keys(signals[cell]).map((signal) => {
    const value = make("span", { className: "curve-value", attributes: { "data-signal": signal, "data-cell": cell } });
    const symbol = make("span", { className: "curve-symbol", text: words.symbols[cell][signal], attributes: { title: words.signals[cell][signal] } });
    const element = make("div", {
      className: "curve",
      attributes: { "data-curve": signal, style: `grid-template-columns:${geometry.left}px 1fr ${geometry.right}px` },
      children: [symbol, make("span"), value],
    });
    return { signal, value, element };
  });
  const canvas = make("canvas", { className: "curve-canvas", attributes: { "aria-hidden": "true", style: `left:${geometry.left}px` } }); // one for all: each is a layer of the page
  const cursor = make("div", { className: "curve-cursor" });
  const element = make("div", { className: "curves", children: [canvas, ...rows.map((row) => row.element), cursor] });
  let width = 0;
  let drawn = 0;
  let ink = "";

  function draw(unit, start) {
    width = Math.max(1, element.clientWidth - geometry.left - geometry.right);
    ink = getComputedStyle(element).color;
    cursor.style.width = `${Math.max(3, width / steps)}px`;
    redraw(unit, start);
  }
  /** Asks the page for nothing, which is in the middle of a step. */
  function redraw(unit, start) {
    drawn = start;
    const context = sizeCanvas(canvas, width, ROW_HEIGHT * rows.length);
    context.clearRect(0, 0, width, ROW_HEIGHT * rows.length);
    context.translate(0, (ROW_HEIGHT - CURVE_HEIGHT) / 2);
    for (const { signal, value } of rows) {
      value.dataset.unit = unit;
      drawCurve(context, {
        at: (place) => signals[cell][signal][(start + place) * units + unit],
        steps, width,
        low: GATES.has(signal) ? 0 : -limits[signal],
        high: GATES.has(signal) ? 1 : limits[signal],
        colour: (number) => scale.css(signal, number),
        ink,
      });
      context.translate(0, ROW_HEIGHT);
    }
  }
  function show(step, unit, start) {
    if (start !== drawn) redraw(unit, start);
    const each = width / steps;
    cursor.style.transform = `translateX(${geometry.left + (step - start) * each}px)`;
    for (const { signal, value } of rows) showNumber(value, signals[cell][signal][step * units + unit], 3);
  }
  return { element, draw, show };
}

/** Bars from the zero line in the colours of the heatmap, under a line in the colour of the text. */
function drawCurve(context, { at, steps, width, low, high, colour, ink }) {
  const height = CURVE_HEIGHT;
  const y = (value) => 1 + (height - 2) * (1 - (Math.max(low, Math.min(high, value)) - low) / (high - low));
  const each = width / steps;
  const zero = y(Math.max(0, low));
  for (let step = 0; step < steps; step++) {
    const top = y(at(step));
    context.fillStyle = colour(at(step));
    context.fillRect(step * each, Math.min(top, zero), each + 0.5, Math.abs(zero - top));
  }
  context.strokeStyle = ink;
  context.globalAlpha = 0.25;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(0, zero);
  context.lineTo(width, zero);
  context.stroke();
  context.globalAlpha = each < 4 ? 0.6 : 0.85; // where columns are narrow, the line must not be all that is seen
  context.lineWidth = each < 4 ? 0.75 : 1.25;
  context.beginPath();
  for (let step = 0; step < steps; step++) {
    context.lineTo(step * each, y(at(step)));
    context.lineTo((step + 1) * each, y(at(step)));
  }
  context.stroke();
  context.globalAlpha = 1;
}
