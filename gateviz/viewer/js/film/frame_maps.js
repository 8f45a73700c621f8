// A frame's maps: units downwards, tokens to the right. The units of a cell stand in the order of how open its first gate
// is in this frame, so that one sees how many are open at a token, and not a pattern without a meaning.

import { colourTable, packColour } from "../format/colours.js";

/** The bytes of a map in base64, (unit, token), 0 to 255. */
export function decode(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** The units, the largest mean of a map first. */
export function rowOrder(bytes, tokens) {
  const units = bytes.length / tokens;
  const sums = Array.from({ length: units }, (_, unit) => bytes.subarray(unit * tokens, (unit + 1) * tokens).reduce((sum, byte) => sum + byte, 0));
  return sums.map((_, unit) => unit).sort((one, other) => sums[other] - sums[one] || one - other);
}

/** The pixels of both scales in one theme. */
export function pixelTables(palette) {
  return { gate: Uint32Array.from(colourTable(palette.gate), packColour), state: Uint32Array.from(colourTable(palette.state), packColour) };
}

/** Paint a map onto a canvas, a pixel for each value. */
export function paint(canvas, bytes, { tokens, order, pixels }) {
  if (canvas.width !== tokens || canvas.height !== order.length) Object.assign(canvas, { width: tokens, height: order.length });
  const context = canvas.getContext("2d");
  const image = context.createImageData(tokens, order.length);
  const target = new Uint32Array(image.data.buffer);
  order.forEach((unit, row) => {
    for (let token = 0; token < tokens; token++) target[row * tokens + token] = pixels[bytes[unit * tokens + token]];
  });
  context.putImageData(image, 0, 0);
}
