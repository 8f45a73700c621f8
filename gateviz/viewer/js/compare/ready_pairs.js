// What the shown sentence can be compared with at one click: the same sentence with one thing changed, by the rules of its task
// (packing/pairs.py).

import { MINUS } from "../format/numbers.js";
import { glyph } from "../format/texts.js";

const MOST = 4;
const OF_A_WORD = /[\p{L}\p{N}.*]/u;

/**
 * @param {string} text The shown sentence.
 * @param {{text: string}[]} tokens What it is cut into.
 * @param {string[][]} rules [find, put], or [find, put, name].
 * @returns {{label: string, text: string}[]} In the order of the places that are changed. Where no rule finds anything, the
 *   sentence without the token in its middle; nothing of a single token.
 */
export function readyPairs(text, tokens, rules) {
  const changes = rules.map((rule) => changed(text, rule)).filter((change) => change && change.text !== text && change.text.trim());
  const different = changes.filter(({ text: other }, place) => changes.findIndex((change) => change.text === other) === place);
  const found = different.length ? different.sort((one, other) => one.at - other.at).slice(0, MOST) : withoutOne(text, tokens);
  const isAlone = ({ label }) => found.filter((change) => change.label === label).length === 1;
  return found.map((change) => ({ text: change.text, label: isAlone(change) ? change.label : `${change.label} (${change.at + 1})` }));
}

function changed(text, [find, put, name]) {
  const pattern = new RegExp(find, "u");
  const match = pattern.exec(text);
  if (!match) return null;
  const other = text.replace(pattern, put);
  const becomes = other.slice(match.index, other.length - (text.length - match.index - match[0].length));
  return { at: match.index, text: other, label: name ?? nameOf(match[0], becomes) };
}

/** "keys → key", "+ not" or "− not". */
function nameOf(was, becomes) {
  let from = 0;
  while (from < Math.min(was.length, becomes.length) && was[from] === becomes[from]) from += 1;
  let end = 0;
  while (end < Math.min(was.length, becomes.length) - from && was.at(-1 - end) === becomes.at(-1 - end)) end += 1;
  const longer = was.length > becomes.length ? was : becomes;
  const joins = (at) => at > 0 && at < longer.length && OF_A_WORD.test(longer[at - 1]) && OF_A_WORD.test(longer[at]);
  while (joins(from)) from -= 1;
  while (joins(longer.length - end)) end -= 1;
  const [one, other] = [was, becomes].map((words) => words.slice(from, words.length - end).trim());
  return !one ? `+ ${other}` : !other ? `${MINUS} ${one}` : `${one} → ${other}`;
}

function withoutOne(text, tokens) {
  const place = Math.floor(tokens.length / 2);
  const at = tokens.slice(0, place).reduce((sum, token) => sum + token.text.length, 0);
  const one = tokens[place].text;
  if (tokens.length < 2 || text.slice(at, at + one.length) !== one) return [];
  return [{ at, text: text.slice(0, at) + text.slice(at + one.length), label: `${MINUS} ${glyph(one.trim() || one)}` }];
}
