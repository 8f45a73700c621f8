// How a model of the task `tang` writes quatrains, as models/poems.py: four clauses, all of five characters or all of seven, from
// nothing, from a first line, or with given heads (藏头诗).
//
// Each poem is what createWriter() of generation.js takes: a prompt, which is its form, and how to go on from it. After the form comes
// the name of its rhyme: the one that was asked for, or that of the beginning, or else the one that the model draws. The card of the
// model has the groups of the rhyme book.

import { SPACE } from "./spaces.js";

export const FORMS = [5, 7];
export const CLAUSES = 4;

const END = "\n"; // what a model writes after the last clause
const MARKS = ["，", "。", "，", "。"];
const LONGEST = 1 + CLAUSES * 8 + 1; // the tokens of a quatrain of seven with its rhyme and its end
const HEADED = [[], [0], [0, 2], [0, 1, 2], [0, 1, 2, 3]]; // by the number of heads: the clauses that begin with them
const MARK = "，。？！；：、";
const CLAUSE = new RegExp(`[^${MARK}${SPACE}]+[${MARK}]`, "gu");
const NO_PART = new RegExp(`[${SPACE}57]`, "u"); // of a clause: a space, a start mark
const LETTER = /^\p{L}$/u;

/**
 * @typedef {object} Poem
 * @property {string} prompt Its form.
 * @property {object} how `guide`, `stream`, `seed` and `maxSteps` of createWriter().
 */

/** A beginning or heads that make no quatrain; `what` says which of both is wrong. */
export class PoemError extends RangeError {
  constructor(what, message) {
    super(message);
    this.what = what;
  }
}

/** Whether the model knows the marks and the rhymes of quatrains. */
export function writesPoems({ config, outputs, card }) {
  return config.answers === "next" && "rhymes" in card.recipe && [END, "，", "。", ...FORMS.map(String)].every((mark) => outputs.includes(mark));
}

/** The rhymes that a quatrain can have: each group of the book is called after its first character. */
export function rhymesOf(model) {
  return groupsOf(model).map(([name]) => name);
}

/**
 * A quatrain that begins with `first`, which decides the form and the rhyme if it can.
 *
 * @param {object} model
 * @param {string} first Nothing, a first line, or less or more. Its last mark may be missing.
 * @param {?number} form 5 or 7 characters in each clause; null leaves it to `first`, or else to the seed.
 * @param {?string} rhyme One of rhymesOf(); null leaves it to `first`, or else to the model.
 * @param {number} seed
 * @returns {Poem}
 * @throws {PoemError} No quatrain begins so, or it has another form.
 */
export function quatrain(model, first, form, rhyme, seed) {
  const own = formOf(first);
  if (own && form && own !== form) throw new PoemError("form", `the beginning has clauses of ${own} characters: the form asked for has ${form}`);
  return poem(model, { first, form: own ?? form, rhyme: rhyme ?? rhymeOfBeginning(model, first), seed });
}

/**
 * One quatrain, or two for five heads or more, whose clauses begin with the heads in turn. Two heads begin the two couplets.
 *
 * @param {string} heads Two to eight Chinese characters.
 * @returns {Poem[]}
 * @throws {PoemError} Too few or too many heads, or a head that is no Chinese character.
 */
export function acrostic(model, heads, form, rhyme, seed) {
  const each = [...heads];
  const isHead = (head) => LETTER.test(head) && head > "\x7f";
  if (each.length < 2 || each.length > 2 * CLAUSES || !each.every(isHead)) throw new PoemError("heads", `an acrostic needs 2 to ${2 * CLAUSES} Chinese characters`);
  const parts = [each.slice(0, CLAUSES), each.slice(CLAUSES)].filter((part) => part.length);
  return parts.map((ownHeads, number) => poem(model, { form, rhyme, seed: seed + number, heads, ownHeads }));
}

function poem(model, { first = "", form, rhyme, seed, heads = "", ownHeads = [] }) {
  const stream = streamOf((rhyme ?? "") + first + heads);
  const own = form ?? FORMS[(seed + stream) % FORMS.length];
  const headed = new Map(HEADED[ownHeads.length].map((clause, place) => [clause, ownHeads[place]]));
  const characters = model.outputs.filter((token) => LETTER.test(token));
  const guide = guideOf({ form: own, rhymes: rhyme ? [rhyme] : rhymesOf(model), first: [...first], headed, characters });
  return { prompt: String(own), how: { seed, stream, maxSteps: LONGEST, guide } };
}

/** The guide of a quatrain of that form: its rhyme, its beginning, then heads, characters and marks. */
function guideOf({ form, rhymes, first, headed, characters }) {
  return (text) => {
    const written = [...text].slice(2); // without form and rhyme
    if (text.length === 1) return rhymes;
    if (written.length < first.length) return [first[written.length]];
    const clauses = clausesOf(written.join(""));
    if (clauses.length === CLAUSES) return [];
    const rest = written.length - [...clauses.join("")].length;
    if (rest === 0 && headed.has(clauses.length)) return [headed.get(clauses.length)];
    return rest === form ? [MARKS[clauses.length]] : withoutRepeats(characters, written);
  };
}

/** A character comes again only at once, as in 夜夜. */
function withoutRepeats(characters, written) {
  const used = new Set(written);
  if (written.at(-1) !== written.at(-2)) used.delete(written.at(-1));
  return characters.filter((character) => !used.has(character));
}

function groupsOf({ card }) {
  return card.recipe.rhymes.split(" ");
}

/** The rhyme that a beginning decides, as data/corpora/quatrains.py; null where it decides none. */
export function rhymeOfBeginning(model, beginning) {
  const [first = [], second = []] = clausesOf(beginning).map((clause) => namesOf(model, [...clause].at(-2)));
  if (second.length) return second.find((name) => first.includes(name)) ?? second[0];
  return first[0] ?? null;
}

function namesOf(model, character) {
  return groupsOf(model).filter((group) => group.includes(character)).map(([name]) => name);
}

/** What is added to the seed of a poem with that beginning: FNV-1a, 32 bits, of its code points. */
export function streamOf(beginning) {
  let digest = 0x811c9dc5;
  for (const character of beginning) digest = Math.imul(digest ^ character.codePointAt(0), 0x01000193);
  return digest >>> 0;
}

/** The clauses of a text, each with its mark, without whatever stands after the last mark. */
export function clausesOf(text) {
  return text.match(CLAUSE) ?? [];
}

/** The form of a quatrain's beginning; null while it can still become either. */
export function formOf(beginning) {
  const clauses = clausesOf(beginning);
  const characters = [...beginning];
  const rest = characters.slice([...clauses.join("")].length);
  const finished = new Set(clauses.map((clause) => [...clause].length - 1));
  const lengths = finished.size ? [...finished] : { 5: [5], 6: [7], 7: [7] }[rest.length] ?? [];
  const form = lengths.length === 1 && FORMS.includes(lengths[0]) ? lengths[0] : null;
  const isWhole = clauses.length + (rest.length > 0) <= CLAUSES && rest.length <= (form ?? FORMS[0]);
  if (NO_PART.test(beginning) || !isWhole || (lengths.length && !form) || rest.some((character) => MARK.includes(character))) {
    throw new PoemError("beginning", `a quatrain begins with at most ${CLAUSES} clauses, all of 5 or all of 7 characters, with a mark after each`);
  }
  return form;
}
