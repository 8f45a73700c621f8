// The profile beside a heatmap: all units at one step, as bars. They are pixels and nothing else, since a step draws many.

function byValue(values) {
  return Array.from(values.keys()).sort((one, other) => values[other] - values[one]);
}

/** All units at one step as bars, a row a unit where the heatmap has it, or sorted with the largest on top. */
function drawProfile(canvas, values, { width, height, gate, limit, order, unit, ink, pixel }) {
  const context = sizeCanvas(canvas, width, height);
  const [wide, high] = [canvas.width, canvas.height];
  const { image, pixels } = sheetOf(wide, high); // pixels: a thousand rectangles a step would be slower
  const [zero, reach] = gate ? [0, wide] : [wide / 2, wide / (2 * limit)];
  pixels.fill(0);
  for (let row = 0; row < high; row++) {
    const place = Math.floor((row * values.length) / high);
    const value = values[order ? order[place] : place];
    const end = Math.max(0, Math.min(wide, zero + value * reach));
    const from = Math.round(Math.min(zero, end));
    pixels.fill(pixel(value), row * wide + from, row * wide + Math.max(Math.round(Math.max(zero, end)), from + 1));
  }
  const at = Math.round((((order ? order.indexOf(unit) : unit) + 0.5) * high) / values.length);
  for (let row = Math.max(0, at - 2); row < Math.min(high, at + 2); row++) pixels.fill(ink, (row + 1) * wide - 5, (row + 1) * wide);
  context.putImageData(image, 0, 0);
}

const sheets = new Map();

/** Pixels of that size to draw into: the same ones for all profiles, one after another. */
function sheetOf(wide, high) {
  const size = `${wide} ${high}`;
  if (!sheets.has(size)) {
    const image = new ImageData(wide, high);
    sheets.clear(); // a window has one size, or two
    sheets.set(size, { image, pixels: new Uint32Array(image.data.buffer) });
  }
  return sheets.get(size);
}

/** Call `act` once when the page has nothing else to do, however often it is asked for. */
function whenIdle(act) {
  const [ask, forget] = window.requestIdleCallback ? [requestIdleCallback, cancelIdleCallback] : [(run) => setTimeout(run, 100), clearTimeout];
  let asked = null;
  return {
    soon: () => (asked ??= ask(() => ((asked = null), act()))),
    never: () => (forget(asked), (asked = null)),
  };
}
