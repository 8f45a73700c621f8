// The heatmaps of one architecture as an SVG of its own, where Plotly is not there to draw them: in an exported page,
// and in a picture that is saved. It lies where Plotly's does (places.py), so that the overlay of maps.js fits it.

const TICKS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 1e9];

/** An SVG of `width` px; `image(signal)` gives the address of that signal's pixels, a column a step and a row a
 *  unit. Of a long text the window from step `start` on; `rows` are the units from the top down, null by number. */
function heatmapSvg(cell, { header }, { width, image, right = header.geometry.right, start = 0, rows = null }) {
  const { words, geometry, units: sizes } = header;
  const { left, bottom } = geometry;
  const steps = Math.min(header.tokens.length, header.window);
  const units = sizes[cell];
  const places = header.maps[cell];
  const foot = places.at(-1).top + places.at(-1).height;
  const plot = Math.max(1, width - left - right);
  const label = (x, y, text, anchor, size = 11) => {
    const element = makeSvg("text", { x, y, "text-anchor": anchor, "font-size": size, fill: "currentColor" });
    element.append(...[text].flat());
    return element;
  };
  const children = places.flatMap(({ signal, top, height }) => {
    const symbol = makeSvg("tspan", { "font-style": "italic" });
    symbol.textContent = words.symbols[cell][signal];
    const row = (unit) => top + ((unit + 0.5) * height) / units + 4;
    return [
      label(left, top - 5, [symbol, `\u2002${words.signals[cell][signal]}`], "start", 14),
      makeSvg("image", { x: left, y: top, width: plot, height, href: image(signal), preserveAspectRatio: "none", "image-rendering": "pixelated", "data-map": signal }),
      label(left - 5, row(0), String(rows?.[0] ?? 0), "end"),
      ...(units > 1 ? [label(left - 5, row(units - 1), String(rows?.[units - 1] ?? units - 1), "end")] : []),
    ];
  });
  const numbers = stepTicks(steps, start).map((step) => label(left + ((step - start + 0.5) * plot) / steps, foot + 16, String(step + 1), "middle"));
  return makeSvg("svg", { width, height: foot + bottom, viewBox: `0 0 ${width} ${foot + bottom}`, "aria-hidden": "true" }, [...children, ...numbers]);
}

/** Which of `steps` from `start` on get a number, as heatmaps.py chooses them: a dozen or so, counted from one. */
function stepTicks(steps, start = 0) {
  const every = TICKS.find((size) => steps / size <= 12);
  if (start) return Array.from({ length: steps }, (_, place) => start + place).filter((step) => (step + 1) % every === 0);
  const wanted = [0];
  for (let step = every > 1 ? every - 1 : 1; step < steps; step += every) wanted.push(step);
  return wanted.filter((step, index) => index === 0 || step - wanted[index - 1] >= every / 2);
}

/** A signal's `steps` from `start` on as a PNG in a data: address; each value is `zoom` by `zoom` pixels. */
function mapImage(values, { steps, units, zoom = 1, start = 0, rows = null, pixel }) {
  const canvas = make("canvas");
  [canvas.width, canvas.height] = [steps * zoom, units * zoom];
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let y = 0; y < canvas.height; y++) {
    const row = Math.floor(y / zoom);
    const unit = rows ? rows[row] : row;
    for (let step = 0; step < steps; step++) {
      const from = y * canvas.width + step * zoom;
      pixels.fill(pixel(values[(start + step) * units + unit]), from, from + zoom);
    }
  }
  context.putImageData(image, 0, 0);
  return canvas.toDataURL();
}
