// What a cell answers at the step of the loss, in one line: its first guesses, the likeliest first, and what came instead.

import { brief, decimals, probability } from "../format/numbers.js";
import { fill, glyph } from "../format/texts.js";
import { make, write } from "../page/elements.js";

const SHOWN = 3;

/** @returns {{element: HTMLElement, show: (step: number) => void}} `answers` is as packing/answers.py packs it. */
export function createGuessLine(cell, answers, { tokens, texts }) {
  const caption = make("span", { className: "caption", text: "" });
  const guesses = Array.from({ length: SHOWN }, (_, rank) => make("span", { className: "guess-word", text: "", attributes: { "data-guess": rank, "data-cell": cell } }));
  const came = make("span", { className: "caption guess-came", text: "" });
  const element = make("div", { className: "guess-line", children: [caption, ...guesses, came] });

  function show(step) {
    const { kind, asked_from: askedFrom = 0, values, guesses: best, probabilities } = answers;
    const isAsked = step >= askedFrom || kind === "text";
    write(caption, !isAsked ? texts.not_asked : kind === "class" || kind === "value" ? texts.answers : texts.expects);
    guesses.forEach((guess, rank) => {
      const isNumber = kind === "value" && rank === 0;
      const has = isAsked && (isNumber || rank < best[step].length);
      write(guess, !has ? "" : isNumber ? brief(values[step]) : `${shownAs(best[step][rank])} ${probability(probabilities[step][rank])}`);
    });
    write(came, cameText(step, isAsked));
  }
  function cameText(step, isAsked) {
    const share = answers.came[step];
    if (!isAsked || share === null || answers.surprise[step] === null) return "";
    return fill(texts.came, { token: shownAs(tokens[step + 1].text), bits: decimals(answers.surprise[step], 1) });
  }
  return { element, show };
}

function shownAs(token) {
  return glyph(token.length > 1 ? token.trim() || token : token);
}
