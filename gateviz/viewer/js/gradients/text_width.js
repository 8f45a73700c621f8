// How wide a text will be in a figure.

import { make } from "../page/elements.js";

let context = null;

/** In px, at that font size. */
export function widthOf(text, size) {
  context ??= make("canvas").getContext("2d");
  context.font = `${size}px "Source Sans", "Noto Sans SC", sans-serif`;
  return context.measureText(text).width;
}
