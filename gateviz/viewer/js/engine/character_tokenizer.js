// One token for each Unicode code point, as data/tokenizing/character_tokenizer.py. Nothing is dropped.

/**
 * @typedef {object} Token
 * @property {string} text As typed: the texts of all tokens joined are the text.
 * @property {number|number[]} id The row of the embedding; of a number, its features.
 * @property {boolean} known
 */

/** @param {string[]} entries The id of a character is its position; the unknown's comes after all of them. */
export function createCharacterTokenizer(entries) {
  const ids = new Map(entries.map((character, id) => [character, id]));
  /** @returns {Token[]} */
  function tokenize(text) {
    return [...text].map((character) => ({ text: character, id: ids.get(character) ?? entries.length, known: ids.has(character) }));
  }
  return { entries, unknown: entries.length, tokenize, spell: (id) => entries[id] };
}
