// Texts as they are shown: values put into a sentence, and tokens that would else be invisible.

const INVISIBLE = { " ": "␣", "\u00a0": "⍽", "\t": "⇥", "\n": "↵" };

/** "{n} of {total}" with its values put in. */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (hole, name) => (Object.hasOwn(values, name) ? values[name] : hole));
}

/** A token that can be seen: spaces as signs, combining marks on a circle, control characters by code point. */
export function glyph(token) {
  if (Object.hasOwn(INVISIBLE, token)) return INVISIBLE[token];
  if (/^\p{M}$/u.test(token)) return "◌" + token;
  if (/^[\p{C}\p{Z}]$/u.test(token)) return "U+" + token.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  return token;
}
