// What a model expects next: its best guesses as bars, beside the token that came.

import { decimals, probability } from "../format/numbers.js";
import { fill, glyph } from "../format/texts.js";
import { make, write } from "../page/elements.js";

export function createGuesses(cell, { expected, texts, tokens }) {
  const { guesses, probabilities, came, surprise } = expected[cell];
  const rows = (guesses[0] ?? []).map((_, rank) => makeRow(rank));
  const next = make("span", { className: "guess-token" });
  const verdict = make("span", { className: "verdict" });
  const element = make("div", {
    className: "guesses",
    children: [
      make("div", { className: "caption", text: texts.expects }),
      make("ol", { children: rows.map((row) => row.element) }),
      make("div", { className: "came", children: [make("span", { className: "caption", text: texts.came }), next, verdict] }),
    ],
  });

  function show(step) {
    const coming = tokens[step + 1];
    const isAsked = came[step] !== null || !coming?.known; // an encoder only reads: nobody asks it for the next token
    const following = isAsked ? coming?.text : undefined;
    rows.forEach((row, rank) => showGuess(row, guesses[step][rank], probabilities[step][rank], following));
    if (following === undefined) {
      next.textContent = "";
      next.className = "guess-token empty";
      write(verdict, isAsked ? texts.end : "");
    } else {
      writeToken(next, following);
      write(verdict, came[step] === null ? texts.came_unknown : fill(texts.verdict, { probability: probability(came[step]), bits: decimals(surprise[step], 1) }));
    }
    verdict.dataset.value = came[step] ?? "";
  }
  return { element, show, draw: () => {} };
}

function makeRow(rank) {
  const parts = {
    token: make("span", { className: "guess-token" }),
    bar: make("span", { className: "guess-bar" }),
    value: make("span", { className: "guess-value" }),
  };
  const track = make("span", { className: "guess-track", children: [parts.bar] });
  const element = make("li", { className: "guess", attributes: { "data-guess": rank }, children: [parts.token, track, parts.value] });
  return { element, ...parts };
}

function showGuess(row, guess, share, following) {
  writeToken(row.token, guess);
  showShare(row, share, guess === following);
}

/** A probability as a bar and a number; `isHit` marks it. */
export function showShare({ element, bar, value }, share, isHit) {
  bar.style.backgroundSize = `${(100 * share).toFixed(2)}% 100%`;
  write(value, probability(share));
  value.dataset.value = share;
  element.classList.toggle("hit", isHit);
}

function writeToken(element, token) {
  const shown = glyph(token);
  const kind = shown === token ? "guess-token" : "guess-token sign";
  write(element, shown);
  if (element.className !== kind) element.className = kind;
}
