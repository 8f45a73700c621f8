// Numbers with spaces between them, such as "0.53 0.21*", as data/tokenizing/number_tokenizer.py; a star marks a number.

import { SPACE } from "./spaces.js";

const WORD = new RegExp(`[${SPACE}]*[^${SPACE}]+[${SPACE}]*`, "gu");
const AROUND = new RegExp(`[${SPACE}]+`, "gu");
const NUMBER = /^([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)(\*?)$/;
const LARGEST = 1e9;

/** @param {string[]} entries The features of each number: ["number"], or ["number", "mark"] if a star has a meaning. */
export function createNumberTokenizer(entries) {
  /**
   * @returns {Token[]} Each number with the spaces after it; its id is its features: the value, and 1 or 0 for its mark.
   * @throws {RangeError} A word that is no number, with that `word` and its `position` from 1; or no number at all.
   */
  function tokenize(text) {
    const words = text.match(WORD) ?? [];
    if (!words.length) throw new RangeError("the text is empty: type at least one number");
    return words.map((word, place) => ({ text: word, id: featuresOf(word.replace(AROUND, ""), place), known: true }));
  }
  function featuresOf(word, place) {
    const [, number, star] = NUMBER.exec(word) ?? [];
    const isNumber = Math.abs(Number(number)) <= LARGEST && (!star || entries.length === 2);
    if (!isNumber) throw Object.assign(new RangeError(`word ${place + 1}, ${word}, is not a number`), { word, position: place + 1 });
    return [Number(number), star ? 1 : 0].slice(0, entries.length);
  }
  return { entries, unknown: entries.length, tokenize };
}
