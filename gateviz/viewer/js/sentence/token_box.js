// A token's box: a button with the token in it. The box of a token that is still to be written is empty.

import { glyph } from "../format/texts.js";
import { make, write } from "../page/elements.js";

/** `classes` are added to the box's own. */
export function makeTokenBox(token, step, { classes = "", attributes }) {
  const box = make("button", { className: "token" + classes, text: "", attributes: { type: "button", "data-token": step, ...attributes } });
  fillTokenBox(box, token);
  return box;
}

/** Put another token into a box. */
export function fillTokenBox(box, token) {
  const shown = glyph(token.text);
  const classes = { unknown: !token.known, sign: shown !== token.text, unwritten: token.text === "" };
  for (const [name, isOn] of Object.entries(classes)) box.classList.toggle(name, isOn);
  write(box, shown);
}
