// A token's box: a button with the token in it.

import { glyph } from "../format/texts.js";
import { make } from "../page/elements.js";

/** `classes` are added to the box's own. */
export function makeTokenBox(token, step, { classes = "", attributes }) {
  const shown = glyph(token.text);
  return make("button", {
    className: "token" + (token.known ? "" : " unknown") + (shown === token.text ? "" : " sign") + classes,
    text: shown,
    attributes: { type: "button", "data-token": step, ...attributes },
  });
}
