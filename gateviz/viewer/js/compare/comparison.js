// What the shown sentence is compared with: state.other, read when it is asked for. What is read once of a picture is kept.

import { problemOf, problemOfNumbers } from "../alone/typed_text.js";
import { livesOf, readBeside } from "./compared.js";

const [MOST, MOST_BOTH_WAYS] = [2000, 600]; // characters, as data/tokenizing/typed_text.py
const read = new WeakMap(); // by picture: {text, compared}; another theme draws the same picture anew

/**
 * @param {import("../picture/pieces.js").Picture} picture
 * @param {import("../viewer/view_state.js").ViewState} state
 * @param {object} actions See viewer/actions.js.
 */
export function createComparison(picture, state, { compare, openCompare, redraw }) {
  const { header, reader } = picture;
  let asked = null; // the text that is being read
  let problem = ""; // why what was asked for is not compared with
  let lives = { of: [], found: [] };

  /** The sentence that it is compared with; null where there is none. While another one is read, the one before stays. */
  function compared() {
    return state.other === null ? null : (read.get(picture)?.compared ?? null);
  }
  /** Read state.other, unless it has been read. What a link asks for and cannot be read leaves the box open, and says why. */
  async function follow() {
    const text = state.other;
    if (text === null || !reader || read.get(picture)?.text === text || asked === text) return;
    asked = text;
    problem = await whyNot(header, reader, text);
    const found = problem ? null : await readBeside(picture, text);
    if (asked !== text) return;
    asked = null;
    if (state.other !== text) return;
    if (found) read.set(picture, { text, compared: found });
    if (found) redraw();
    else openCompare(true);
  }
  /** Compare with what was typed, if it can be read; else say why not, and all stays as it is. Resolves to whether it can. */
  async function choose(text) {
    problem = await whyNot(header, reader, text);
    if (problem) redraw();
    else compare(text);
    return !problem;
  }
  /** Open the box, or close it. */
  function open(isOpen) {
    problem = "";
    openCompare(isOpen);
  }
  /** The same list as long as the numbers are the same: see livesOf(). */
  function livesNow() {
    const now = compared();
    const of = now ? [now, ...header.cells.map((cell) => picture.signals[cell])] : [];
    if (of.length !== lives.of.length || of.some((each, place) => each !== lives.of[place])) lives = { of, found: now ? livesOf(picture, now) : [] };
    return lives.found;
  }
  return { compared, follow, choose, open, lives: livesNow, problem: () => problem, isReading: () => asked !== null };
}

/** Why a text cannot be read, in one sentence; "" if it can. */
async function whyNot(header, reader, text) {
  const texts = { ...header.texts.typed, example: header.text.split(" ").slice(0, 3).join(" ") };
  try {
    await reader.ready();
  } catch {
    return header.texts.compare.no_weights; // a browser asks for them again
  }
  try {
    const { config, tokenizer } = reader.model(header.cells[0]);
    const problem = problemOf(text, config.bidirectional ? MOST_BOTH_WAYS : MOST, texts);
    if (!problem) tokenizer.tokenize(text);
    return problem ?? "";
  } catch (error) {
    return problemOfNumbers(error, texts) ?? error.message;
  }
}
