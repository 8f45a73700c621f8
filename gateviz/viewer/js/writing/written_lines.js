// What the cells have written, a line for each, and what there is to see.

import { make } from "../page/elements.js";
import { createWrittenLine } from "./written_line.js";

/** `what` is that of createWrittenLine(). */
export function createWrittenLines(header, theme, what) {
  const { cells, texts, expected } = header;
  const lines = Object.fromEntries(cells.map((cell) => [cell, createWrittenLine(cell, header, theme, what)]));
  const isDecoder = expected[cells[0]].kind === "text";
  const seen = isDecoder ? texts.written_by_decoder : cells.length > 1 ? texts.written_by_all : texts.written_by_one;
  const all = Object.values(lines);
  return {
    heading: make("p", { className: "opening-words written-heading", text: seen }),
    element: (cell) => lines[cell].element,
    add: (tokens, sheet, step) => cells.forEach((cell) => tokens[cell] && lines[cell].add(tokens[cell], sheet, step)),
    mark: (sheet, step) => all.forEach((line) => line.mark(sheet, step)),
    clear: () => all.forEach((line) => line.clear()),
  };
}
