// What came of it: one sentence of how the cells that are held answer now, and how they did before. It lies over the sentence that
// opens the picture, which speaks of the run without holds.

import { endingNow } from "../column/ending_rules.js";
import { nowOf, saidOf } from "../column/ending.js";
import { decimals } from "../format/numbers.js";
import { fill, glyph } from "../format/texts.js";
import { make } from "../page/elements.js";

const OF_KIND = { class: "class", value: "value", next: "surprise", text: "written" }; // the rule where the picture has no opening

/** `pause(true)` keeps it from being read out while a hand moves. */
export function createHappened(picture, state) {
  const element = make("p", { className: "happened", attributes: { "aria-live": "polite" } });
  let told = null;
  function show() {
    const sentence = state.holds.length ? sentenceOf(picture) : "";
    if (sentence === told) return;
    told = sentence;
    element.textContent = element.title = sentence;
    element.hidden = !sentence;
  }
  element.hidden = true;
  return { element, show, pause: (isMoving) => element.setAttribute("aria-live", isMoving ? "off" : "polite") };
}

/** Of each held cell what it says now and what it said before. */
function sentenceOf(picture) {
  const { header, plain } = picture;
  const held = header.cells.filter((cell) => header.expected[cell] !== plain.expected[cell]);
  return held.map((cell) => sentenceOfCell(picture, cell)).join(" ");
}

function sentenceOfCell(picture, cell) {
  const { texts } = picture.header;
  const { before, now, was } = endings(picture, cell);
  const words = { cell: texts.cells[cell], says: before, now, was };
  if (now !== was) return fill(texts.hold.happened, words);
  const other = otherAnswer(picture, cell);
  return fill(texts.hold.happened_not, words) + (other ? fill(texts.hold.happened_at, other) : "");
}

function endings(picture, cell) {
  const { header, plain } = picture;
  if (header.opening) {
    const ending = header.opening.endings[cell];
    return { before: ending.before, now: saidOf(nowOf(picture, cell)), was: saidOf(ending) };
  }
  const rule = { rule: { kind: OF_KIND[plain.expected[cell].kind] }, after: "" };
  const [now, was] = [header.expected[cell], plain.expected[cell]].map((expected) => saidOf(endingNow(rule, expected)));
  return { before: header.texts.hold.says, now, was };
}

/** Where the first guess is most surely another one than before, though not in the end; null if nowhere. */
function otherAnswer({ header, plain }, cell) {
  const [now, was] = [header.expected[cell], plain.expected[cell]];
  if (now.kind === "value") return null;
  const steps = [...now.guesses.keys()].filter((step) => step >= (now.asked_from ?? 0) && now.guesses[step][0] !== was.guesses[step][0]);
  const step = steps.reduce((best, each) => (best === null || now.probabilities[each][0] > now.probabilities[best][0] ? each : best), null);
  if (step === null) return null;
  const said = ({ guesses, probabilities }) => `${glyph(guesses[step][0].trim() || guesses[step][0])} ${decimals(probabilities[step][0])}`;
  const token = header.tokens[step].text;
  return { token: glyph(token.trim() || token), step: step + 1, now: said(now), was: said(was) };
}
