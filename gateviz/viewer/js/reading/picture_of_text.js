// A picture of another text than the one that Python packed: the same models, the same page, numbers of the engine.

import { limitsOf } from "./limits.js";

const DIFFERENT = "·"; // as models/readings.py writes it

/**
 * @param {object} header Of a picture that Python packed. Rows, palettes and texts stay.
 * @param {string} text
 * @param {Object<string, object>} readings For each cell what sentence_reader.js read: all have equally many steps.
 * @returns {import("../picture/pieces.js").Picture}
 */
export function pictureOf(header, text, readings) {
  const cells = header.cells.filter((cell) => readings[cell]);
  const signals = Object.fromEntries(cells.map((cell) => [cell, readings[cell].signals]));
  const tokens = tokensOf(cells.map((cell) => readings[cell].tokens));
  const own = {
    ...header,
    opening: undefined, // only Python computes it
    pieces: undefined,
    heights: undefined,
    numbers: "", // Plotly's figures know the pictures of Python by it
    id: `${header.id} ${text}`,
    text,
    tokens,
    step: Math.floor(tokens.length / 2),
    limits: limitsOf(header, signals),
    expected: Object.fromEntries(cells.map((cell) => [cell, readings[cell].expected])),
  };
  return {
    header: own,
    signals,
    stretches: Object.fromEntries(cells.map((cell) => [cell, readings[cell].stretches])),
    has: () => true,
    spans: () => [[0, tokens.length]],
    look: () => {},
    get: async () => {},
    leave: () => {},
  };
}

/** The tokens of several readings of one text: where decoders wrote different characters stands a dot. */
export function tokensOf([first, ...others]) {
  return first.map((token, step) => (others.every((tokens) => tokens[step].text === token.text) ? token : { text: DIFFERENT, known: true }));
}
