// What is typed is checked as data/tokenizing/typed_text.py checks it. Each refusal is one sentence.

import { SPACE } from "../engine/spaces.js";
import { fill } from "../format/texts.js";

const NOTHING_BUT_SPACES = new RegExp(`^[${SPACE}]*$`, "u");
const AROUND = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "gu");
const REFUSED = /^[\p{Cc}\p{Cs}]$/u; // control characters, and half of a surrogate pair
const PRINTS_NOTHING = /^[\p{C}\p{Z}\p{M}]$/u;
const MOST_LISTED = 12; // unknown tokens
const MOST_SHOWN = 24; // characters of a word that is no number

/** Why a text cannot be shown, or null if it can. `limit`: how many characters (code points) it may have. */
export function problemOf(text, limit, texts) {
  const characters = [...text];
  if (characters.length > limit) return fill(texts.too_long, { given: characters.length, limit });
  if (NOTHING_BUT_SPACES.test(text)) return texts.empty;
  const place = characters.findIndex((character) => REFUSED.test(character));
  return place < 0 ? null : fill(texts.control_character, { position: place + 1, name: codePoint(characters[place]) });
}

/** What a tokenizer of numbers says of a word that is none, as a sentence of the page; null for any other error. */
export function problemOfNumbers({ word, position }, texts) {
  if (!word) return null;
  const shown = [...word].length > MOST_SHOWN ? `${[...word].slice(0, MOST_SHOWN).join("")}…` : word;
  return fill(texts.not_a_number, { word: shown, position, example: texts.example });
}

/** One sentence on the tokens that a model has never seen, or null if it knows all. */
export function sayUnknown(tokens, texts) {
  const parts = tokens.filter(({ known }) => !known).flatMap(({ text }) => partsOf(text.replace(AROUND, "") || text));
  if (!parts.length) return null;
  const different = [...new Set(parts)];
  const listed = different.slice(0, MOST_LISTED).map(visible).join(" ") + (different.length > MOST_LISTED ? " …" : "");
  return fill(parts.length === 1 ? texts.unknown_one : texts.unknown, { count: parts.length, characters: listed });
}

/** A word as it is, anything else character by character. */
function partsOf(text) {
  return (text.match(/[\p{L}\p{N}]/gu) ?? []).length > 1 ? [text] : [...text];
}

function visible(part) {
  return PRINTS_NOTHING.test(part) ? codePoint(part) : part;
}

function codePoint(character) {
  return `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}
