// Value to colour. The stops come with the data (palette.py says them once); the theme is read off the page.

const GATES = new Set(["input_gate", "forget_gate", "output_gate", "reset_gate", "update_gate"]);

/** Whether the page around `element` is dark, by what its background really is. */
function isDark(element) {
  const [red, green, blue] = parseColour(getComputedStyle(element).getPropertyValue("--st-background-color") || "#ffffff");
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

function parseColour(text) {
  const hex = text.trim().replace("#", "");
  if (/^[0-9a-f]{3}$/i.test(hex)) return [...hex].map((digit) => parseInt(digit + digit, 16));
  if (/^[0-9a-f]{6,8}$/i.test(hex)) return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return (text.match(/[\d.]+/g) ?? [255, 255, 255]).slice(0, 3).map(Number);
}

/** A table of 256 CSS colours, evenly spaced along the stops. */
function colourTable(stops) {
  const points = stops.map(parseColour);
  return Array.from({ length: 256 }, (_, index) => {
    const place = (index / 255) * (points.length - 1);
    const low = Math.min(Math.floor(place), points.length - 2);
    const mix = points[low].map((channel, at) => Math.round(channel + (points[low + 1][at] - channel) * (place - low)));
    return `rgb(${mix.join(",")})`;
  });
}

/** What a value looks like in one theme; `limits` are the states' symmetric limits, by signal. */
function colourScale(palette, limits) {
  const tables = { gate: colourTable(palette.gate), state: colourTable(palette.state) };
  const kind = (signal) => (GATES.has(signal) ? "gate" : "state");
  const packed = { gate: Uint32Array.from(tables.gate, packColour), state: Uint32Array.from(tables.state, packColour) };
  const place = (signal, value) => {
    const share = GATES.has(signal) ? value : 0.5 + value / (2 * (limits[signal] ?? 1));
    return Math.max(0, Math.min(255, Math.round(share * 255)));
  };
  /** value -> pixel of one signal, for who asks a thousand times a step. */
  const painter = (signal) => {
    const table = packed[kind(signal)];
    const [zero, reach] = GATES.has(signal) ? [0, 1] : [0.5, 2 * (limits[signal] ?? 1)];
    return (value) => (Number.isFinite(value) ? table[Math.max(0, Math.min(255, Math.round((zero + value / reach) * 255)))] : 0);
  };
  const painters = {};
  return {
    css: (signal, value) => (Number.isFinite(value) ? tables[kind(signal)][place(signal, value)] : "transparent"),
    painter: (signal) => (painters[signal] ??= painter(signal)),
  };
}

/** A CSS colour as a pixel of ImageData (little-endian, as all browsers' machines are). */
function packColour(css) {
  const [red, green, blue] = parseColour(css);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
