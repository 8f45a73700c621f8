// What a model expects next: its best guesses as bars, beside the token that came. What a decoder writes next, beside what it
// wrote.

import { decimals, probability } from "../format/numbers.js";
import { fill, glyph } from "../format/texts.js";
import { make, write } from "../page/elements.js";

export function createGuesses(cell, header, plain) {
  const { expected, texts, tokens } = header;
  const { guesses, kind, asked_from: askedFrom } = expected[cell];
  const rows = (guesses[0] ?? []).map((_, rank) => makeRow(rank));
  const caption = make("div", { className: "caption" });
  const cameName = make("span", { className: "caption", text: kind === "text" ? texts.wrote : texts.came });
  const next = make("span", { className: "guess-token" });
  const verdict = make("span", { className: "verdict" });
  const element = make("div", {
    className: "guesses",
    attributes: { style: `--guess:${widest(guesses)}ch` },
    children: [
      caption,
      make("ol", { children: rows.map((row) => row.element) }),
      make("div", { className: "came", children: [cameName, next, verdict] }),
    ],
  });
  const captionAt = (isAsked) => (kind === "text" ? (isAsked ? texts.writes : texts.would_write) : isAsked ? texts.expects : texts.not_asked);

  function show(step) {
    const isAsked = step >= askedFrom;
    const { guesses: now, probabilities, came, wrote } = expected[cell];
    const following = (isAsked && (wrote ? wrote[step] : tokens[step + 1]?.text)) || undefined;
    element.classList.toggle("unasked", !isAsked && kind !== "text"); // such guesses mean nothing
    write(caption, captionAt(isAsked));
    const before = plain.expected[cell] === expected[cell] ? null : plain.expected[cell];
    rows.forEach((row, rank) => {
      showGuess(row, now[step][rank], probabilities[step][rank], following);
      showGhost(row, before?.probabilities[step][before.guesses[step].indexOf(now[step][rank])]);
    });
    element.classList.toggle("none-came", following === undefined);
    writeToken(next, following ?? "");
    write(verdict, following === undefined ? whyNone(isAsked) : sayHowLikely(step));
    verdict.dataset.value = came[step] ?? "";
  }
  function whyNone(isAsked) {
    if (isAsked) return header.written < tokens.length ? texts.not_written : texts.end;
    return kind === "text" ? texts.still_reads : "";
  }
  function sayHowLikely(step) {
    const { came, surprise } = expected[cell];
    if (came[step] === null) return texts.came_unknown;
    if (surprise[step] === null) return probability(came[step]);
    return fill(texts.verdict, { probability: probability(came[step]), bits: decimals(surprise[step], 1) });
  }
  return { element, show, draw: () => {} };
}

/** How many letters the longest guess has; a Chinese character is as wide as two. */
function widest(guesses) {
  const width = (text) => [...shownAs(text)].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 2 : 1), 0);
  return Math.max(2, ...guesses.flatMap((row) => row.map(width)));
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

/** What a probability was before something was held: an outline around so long a bar; undefined: none is known. */
export function showGhost({ bar }, share) {
  bar.classList.toggle("ghost", share !== undefined);
  if (share !== undefined) bar.style.setProperty("--was", `${(100 * share).toFixed(2)}%`);
}

/** A word without the spaces around it; what is nothing else as its signs. */
function shownAs(token) {
  return glyph(token.length > 1 ? token.trim() || token : token);
}

function writeToken(element, token) {
  const shown = shownAs(token);
  const kind = token.length > 2 ? "guess-token word" : shown === token ? "guess-token" : "guess-token sign"; // an emoji has two
  write(element, shown);
  if (element.className !== kind) element.className = kind;
}
