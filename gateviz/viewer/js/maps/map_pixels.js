// A signal as pixels: units downwards, time to the right, a pixel for each value.

import { make } from "../page/elements.js";

/**
 * Draw the steps `from` up to `to` onto a canvas of all steps.
 * @param {HTMLCanvasElement} canvas
 * @param {Float32Array} values Of all steps and units: values[step * units + unit].
 * @param {object} options
 * @param {number[]} options.rows The units from the top down.
 * @param {(value: number) => number} options.pixel
 */
export function drawMap(canvas, values, { from, to, units, rows, pixel }) {
  const steps = to - from;
  const context = canvas.getContext("2d");
  const image = context.createImageData(steps, rows.length);
  const pixels = new Uint32Array(image.data.buffer);
  rows.forEach((unit, row) => {
    for (let step = 0; step < steps; step++) pixels[row * steps + step] = pixel(values[(from + step) * units + unit]);
  });
  context.putImageData(image, from, 0);
}

/** `steps` of a signal from `start` on, as a PNG in a data: address. Each value is `zoom` by `zoom` pixels. */
export function mapImage(values, { steps, units, rows, start, zoom, pixel }) {
  const small = make("canvas", { attributes: { width: steps, height: rows.length } });
  drawMap(small, values.subarray(start * units, (start + steps) * units), { from: 0, to: steps, units, rows, pixel });
  const large = make("canvas", { attributes: { width: steps * zoom, height: rows.length * zoom } });
  const context = large.getContext("2d");
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, large.width, large.height);
  return large.toDataURL();
}
