// A signal as pixels: units downwards, time to the right, a pixel for each value.

import { make } from "../page/elements.js";

/** Draw the steps `from` up to `to` onto a canvas of all steps. `rows` are the units from the top down, null by number. */
export function drawMap(canvas, values, { from, to, units, rows, pixel }) {
  const steps = to - from;
  const context = canvas.getContext("2d");
  const image = context.createImageData(steps, units);
  const pixels = new Uint32Array(image.data.buffer);
  for (let row = 0; row < units; row++) {
    const unit = rows ? rows[row] : row;
    for (let step = 0; step < steps; step++) pixels[row * steps + step] = pixel(values[(from + step) * units + unit]);
  }
  context.putImageData(image, from, 0);
}

/** `steps` of a signal from `start` on, as a PNG in a data: address. Each value is `zoom` by `zoom` pixels. */
export function mapImage(values, { steps, units, zoom = 1, start = 0, rows = null, pixel }) {
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
