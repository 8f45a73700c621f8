// The page's theme.

import { parseColour } from "../format/colours.js";

/** "dark" or "light", by the background that the page around `element` really has. */
export function themeOf(element) {
  const [red, green, blue] = parseColour(getComputedStyle(element).getPropertyValue("--st-background-color") || "#ffffff");
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light";
}
