// Values to colours. The stops of the scales come with the picture, from figures/palette.py.

import { isGate } from "../picture/signals.js";

/** The red, green and blue, 0 to 255, of #rgb, #rrggbb or rgb(...). */
export function parseColour(text) {
  const hex = text.trim().replace("#", "");
  if (/^[0-9a-f]{3}$/i.test(hex)) return [...hex].map((digit) => parseInt(digit + digit, 16));
  if (/^[0-9a-f]{6,8}$/i.test(hex)) return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return (text.match(/[\d.]+/g) ?? [255, 255, 255]).slice(0, 3).map(Number);
}

/** A table of 256 CSS colours, evenly spaced along the stops. */
export function colourTable(stops) {
  const points = stops.map(parseColour);
  return Array.from({ length: 256 }, (_, index) => {
    const place = (index / 255) * (points.length - 1);
    const low = Math.min(Math.floor(place), points.length - 2);
    const mix = points[low].map((channel, at) => Math.round(channel + (points[low + 1][at] - channel) * (place - low)));
    return `rgb(${mix.join(",")})`;
  });
}

/**
 * The colours of values in one theme, "light" or "dark".
 * @returns {{css: (signal: string, value: number) => string, painter: (signal: string, isDifference?: boolean) => (value: number) => number}}
 *   `css` gives a CSS colour; the function that `painter` gives is for thousands of values and gives pixels of ImageData. The
 *   differences of two gates have the colours of states.
 */
export function createColourScale(header, theme) {
  const palette = header.palettes[theme];
  const tables = { gate: colourTable(palette.gate), state: colourTable(palette.state) };
  const pixels = { gate: Uint32Array.from(tables.gate, packColour), state: Uint32Array.from(tables.state, packColour) };
  const kind = (signal, isDifference = false) => (isGate(header, signal) && !isDifference ? "gate" : "state");
  const placer = (signal, isDifference) => {
    const [zero, reach] = kind(signal, isDifference) === "gate" ? [0, 1] : [0.5, 2 * (header.limits[signal] ?? 1)];
    return (value) => Math.max(0, Math.min(255, Math.round((zero + value / reach) * 255)));
  };
  const painter = (signal, isDifference) => {
    const [table, place] = [pixels[kind(signal, isDifference)], placer(signal, isDifference)];
    return (value) => (Number.isFinite(value) ? table[place(value)] : 0);
  };
  const painters = {};
  return {
    css: (signal, value) => (Number.isFinite(value) ? tables[kind(signal)][placer(signal)(value)] : "transparent"),
    painter: (signal, isDifference = false) => (painters[`${signal} ${isDifference}`] ??= painter(signal, isDifference)),
  };
}

/** A CSS colour as one pixel of ImageData (little-endian, as the machines of all browsers are). */
export function packColour(css) {
  const [red, green, blue] = parseColour(css);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Black or white, whichever is easier to read on that colour: the contrast is never under 4.5 to 1. */
export function inkOn(css) {
  const [red, green, blue] = parseColour(css).map((channel) => (channel <= 10.3 ? channel / 3294.6 : ((channel / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000" : "#fff";
}
