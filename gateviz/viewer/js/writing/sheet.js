// One text that all cells write, each in its own way: a plain one, or one quatrain.

import { createGrowingPicture } from "./growing_picture.js";

/**
 * @param {Picture} sent The picture whose sentence is gone on with.
 * @param {{id: string, text: string, steps: number, given: number}} size Those of createGrowingPicture().
 */
export function createSheet({ header, signals }, size) {
  const growing = createGrowingPicture(header, size, unitsOf(header, signals));
  const sheet = { picture: growing.picture, given: size.given, steps: size.steps, written: 0, rows: [], textOf, start, advance };
  let writers = {};

  /** Begin anew, with a writer for each cell. */
  function start(next) {
    growing.clear();
    writers = next;
    sheet.rows = [];
    sheet.written = 0;
  }
  /** @returns {?Object<string, NewToken>} What the cells have written; null at the end of all of them. */
  function advance() {
    const tokens = Object.fromEntries(header.cells.map((cell) => [cell, writers[cell]()]));
    if (sheet.written === size.steps || Object.values(tokens).every((token) => !token)) return null;
    sheet.written = growing.add(tokens);
    sheet.rows.push(tokens);
    return tokens;
  }
  /** What a cell has read and written, from that step on. */
  function textOf(cell, from = 0) {
    return sheet.rows.slice(from).map((tokens) => tokens[cell]?.text ?? "").join("");
  }
  return sheet;
}

/** By cell and signal. */
function unitsOf({ tokens }, signals) {
  const count = (named) => Object.fromEntries(Object.entries(named).map(([name, values]) => [name, values.length / tokens.length]));
  return Object.fromEntries(Object.entries(signals).map(([cell, named]) => [cell, count(named)]));
}
