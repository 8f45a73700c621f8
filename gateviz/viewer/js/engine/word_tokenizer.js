// Words, and the subwords of an unknown word, as data/tokenizing/word_tokenizer.py, which says why. Nothing is dropped.
//
// A token keeps the spaces before it. A word is looked up in a plainer spelling: lower case, no accents, straight quotes,
// "gooood" as "good" and "soooo" as "so". A contraction is two tokens. A word that is no entry is spelled by the longest entries
// that fit, from the left; one that continues a word begins with "##".

import { SPACE } from "./spaces.js";

const CONTINUED = "##";
const LETTERS = [..."abcdefghijklmnopqrstuvwxyz0123456789"];
const STRAIGHT = { ...pairs("‘’‚′\x60´", "'"), ...pairs("“”„″", '"'), ...pairs("–—―", "-") };
const DRAWN_OUT = /([a-hj-vyz])\1{2,}/g;
const CLITICS = { nt: "n't", s: "'s", m: "'m", ve: "'ve", re: "'re" };
const AUXILIARIES = "ai|are|ca|could|did|does|do|had|has|have|is|must|need|should|was|were|wo|would";
const END = "(?![\\p{L}\\p{N}_])"; // of a word, after a letter
const PART = new RegExp(
  [
    `(?:${AUXILIARIES})(?=n'?t${END})|(?<=[a-z])n'?t${END}`,
    `(?:how|let|that|there|what|where|who)(?=s${END})|i(?=(?:m|ve)${END})|(?:they|you)(?=re${END})`,
    `(?<=[\\p{L}\\p{N}_])'(?:s|re|ve|ll|d|m)${END}|[\\p{L}\\p{N}]+|[^${SPACE}]`,
  ].join("|"),
  "gu",
);
const PRINTS_NOTHING = /^[\p{Mn}\p{Cf}]$/u;
const IS_SPACE = new RegExp(`^[${SPACE}]$`, "u");
const CLOSING = new Set("!\"%')*+,-./:;=>?\\]^_|}~");
const REACH = 3; // how many tokens back a new one can change the others: contractions and the subwords of a word are shorter

function pairs(from, to) {
  return Object.fromEntries([...from].map((character) => [character, to]));
}

/** @param {string[]} entries Words, marks and subwords; the id of an entry is its position, the unknown's comes after all of them. */
export function createWordTokenizer(entries) {
  const ids = new Map(entries.map((entry, id) => [entry, id]));
  const unknown = entries.length;
  const longest = Math.max(...entries.map((entry) => [...entry].length));
  const spells = LETTERS.some((letter) => ids.has(CONTINUED + letter)); // else a word that is no entry is one unknown token

  /** @returns {Token[]} */
  function tokenize(text) {
    const characters = [...text];
    const found = partsOf(characters).flatMap(entriesOf);
    if (!found.length) return text ? [{ text, id: unknown, known: false }] : [];
    const starts = [0, ...found.slice(1).map(([start]) => start), characters.length];
    return found.map(([, id], place) => ({ text: characters.slice(starts[place], starts[place + 1]).join(""), id, known: id !== unknown }));
  }
  /** Where each token of a part begins in the text, and its id. */
  function entriesOf({ letters, spellings, begins }) {
    const whole = spellings.find((spelling) => ids.has(spelling));
    if (whole !== undefined) return [[begins[0], ids.get(whole)]];
    return spells ? subwordsOf(letters).map(([at, id]) => [begins[at], id]) : [[begins[0], unknown]];
  }
  /** Where each subword begins in a word, and its id. */
  function subwordsOf(letters) {
    const subwords = [];
    for (let at = 0; at < letters.length; ) {
      const entry = (end) => (at ? CONTINUED : "") + letters.slice(at, end).join("");
      let end = Math.min(letters.length, at + longest);
      while (end > at && !ids.has(entry(end))) end -= 1;
      subwords.push([at, ids.get(entry(end)) ?? unknown]);
      at = Math.max(end, at + 1);
    }
    return subwords;
  }
  /** What to append to the tokens `before`, so that they stay the same and `id` follows; null if nothing does. */
  function spell(id, before) {
    const tail = before.slice(-REACH).join("");
    const read = tokenize(tail).map((token) => token.id);
    const isRead = (way) => tokenize(tail + way).map((token) => token.id).join() === [...read, id].join();
    return waysToWrite(entries[id], tail !== "").find(isRead) ?? null;
  }
  return { entries, unknown, tokenize, spell };
}

/** The possible spellings of a word, a mark or a subword, the usual one first. */
function waysToWrite(entry, follows) {
  if (entry.startsWith(CONTINUED) && entry !== CONTINUED) return [entry.slice(CONTINUED.length)];
  if (!follows) return [entry];
  return CLOSING.has(entry[0]) || entry === "n't" ? [entry, ` ${entry}`] : [` ${entry}`, entry];
}

/**
 * The words, halves of contractions and marks of a text: `letters` in the plain spelling, the spellings in which the part is
 * looked up, and where each letter begins in the text; the first begins where the spaces before it do.
 */
function partsOf(characters) {
  const kept = characters.flatMap((character, origin) => (PRINTS_NOTHING.test(character) ? [] : [[plain(character), origin]]));
  const text = kept.map(([letter]) => letter).join("");
  const places = kept.flatMap(([letter], place) => Array(letter.length).fill(place)); // of each UTF-16 unit
  const parts = [];
  let before = 0;
  for (const match of text.matchAll(PART)) {
    const start = places[match.index];
    const end = places[match.index + match[0].length] ?? kept.length;
    const some = placesKept(match[0]).map((at) => places[match.index + at]);
    const letters = some.map((place) => kept[place][0]);
    const word = letters.join("");
    const joined = start > 0 && /^\p{L}$/u.test(kept[start - 1][0]);
    const spelling = joined && Object.hasOwn(CLITICS, word) ? CLITICS[word] : word;
    const spellings = some.length < end - start ? [spelling, match[0].replace(DRAWN_OUT, "$1")] : [spelling];
    parts.push({ letters, spellings, begins: [before, ...some.slice(1).map((place) => kept[place][1])] });
    before = end < kept.length ? kept[end][1] : characters.length;
  }
  return parts;
}

/** Where the characters of a word begin, but of a letter that is drawn out only the first two times. */
function placesKept(word) {
  const drawn = new Set();
  for (const run of word.matchAll(DRAWN_OUT)) for (let at = 2; at < run[0].length; at++) drawn.add(run.index + at);
  const places = [];
  let at = 0;
  for (const character of word) {
    if (!drawn.has(at)) places.push(at);
    at += character.length;
  }
  return places;
}

/** The character without accent, capital and typographic form. Half a surrogate pair stays half, whatever comes to stand beside it. */
function plain(character) {
  if (/^\p{Cs}$/u.test(character)) return "\ufffd";
  const [base] = character.normalize("NFKD");
  const kept = base === " " && !IS_SPACE.test(character) ? character : base;
  return [...(STRAIGHT[kept] ?? kept).toLowerCase()][0];
}
