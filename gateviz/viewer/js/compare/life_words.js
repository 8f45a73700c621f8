// One sentence, computed: from where on the two sentences differ, and how much of the difference is left at the end.

import { make } from "../page/elements.js";
import { drawPart } from "../sentence/opening_line.js";

/** @returns {{element: HTMLElement, draw: (compared: ?object, lives: object[]) => void}} It stands where the opening does. */
export function createLifeWords(header, goTo) {
  const words = make("p", { className: "opening-words", attributes: { "aria-live": "polite" } });
  const element = make("div", { className: "opening compared-words", children: [words] });
  let drawn = null;
  /** The same lives are drawn once. */
  function draw(compared, lives) {
    if (lives === drawn) return;
    drawn = lives;
    words.replaceChildren(...partsOf(header, compared, lives).map((part) => drawPart(part, goTo)));
  }
  return { element, draw };
}

/** The sentence in parts, as an opening's: {text}, {text, step} of a token, {text, value} of a number. */
export function partsOf({ tokens, reverse, texts }, compared, lives) {
  const { compare } = texts;
  const left = lives.filter(({ cell, signal, life }) => life && (cell !== "lstm" || signal === "cell_state"));
  if (!left.length) return [{ text: compare.same }];
  const ordered = left.sort((one, other) => other.life.share - one.life.share);
  const [first, ...rest] = ordered.map(({ cell, life }) => ({ state: [{ text: compare[`state_${cell}`] }], share: [{ text: shareText(life.share), value: life.share }] }));
  const others = rest.flatMap((holes) => compose(compare.another, holes));
  const { end } = ordered[0].life;
  const isEnd = end === (reverse ? 0 : tokens.length - 1);
  const last = [{ text: tokens[end].text.trim() || tokens[end].text, step: end }];
  return compose(isEnd ? compare.lives : compare.lives_until, { token: [firstDifference(tokens, compared, reverse)], last, others, ...first });
}

/** The token from which on the two differ: of the shown sentence, or, where it has none there, of the other. */
function firstDifference(tokens, { columns, tokens: others }, reverse) {
  const differs = ([step, other]) => tokens[step]?.text !== others[other]?.text;
  const at = reverse ? columns.findLastIndex(differs) : columns.findIndex(differs);
  const [step, other] = columns[Math.max(0, at)];
  const before = columns.slice(0, at + 1).findLast(([each]) => each !== null)?.[0] ?? 0;
  const { text } = step === null ? others[other] : tokens[step];
  return { text: text.trim() || text, step: step ?? before };
}

/** 82 %, 1.3 %, < 0.1 % */
function shareText(share) {
  if (share < 0.001) return "<\u00a00.1\u00a0%";
  return `${(100 * share).toFixed(share >= 0.0995 ? 0 : 1)}\u00a0%`;
}

/** A template with parts in its holes. */
function compose(template, holes) {
  return template.split(/\{(\w+)\}/).flatMap((piece, place) => (place % 2 ? holes[piece] : piece ? [{ text: piece }] : []));
}
