// The sentence, a box for each token; a click goes there. A box has the colour of a value. The one at the cursor is marked by
// a box that lies over it and moves, so that a step does not repaint a row of thousands.

import { inkOn } from "../format/colours.js";
import { fill } from "../format/texts.js";
import { make, write } from "../page/elements.js";
import { fillTokenBox, makeTokenBox } from "./token_box.js";

const DIFFERENT = "·"; // as models/readings.py writes it
const GAP = 24; // px between the last token and what stands beside it

export function createTokens(header, tokenColours, goTo) {
  const { texts } = header;
  const boxes = header.tokens.map((token, step) => {
    const box = makeTokenBox(token, step, { attributes: { tabindex: "-1", title: token.known ? "" : texts.unknown } });
    box.addEventListener("click", () => goTo(step));
    return box;
  });
  const sheet = make("div", { className: "boxes", children: [...boxes, ...differenceNote(header)] });
  const mark = make("span", { className: "token-mark", attributes: { "aria-hidden": "true" } });
  const row = make("div", {
    className: boxes.length > header.window ? "tokens long" : "tokens",
    attributes: { role: "group", "aria-label": texts.tokens, tabindex: "0" }, // a long row scrolls
    children: [sheet, mark],
  });
  let marked = null;
  let painted = "";
  const filled = [...header.tokens]; // what stands in the boxes

  /** Asks the page where the box is, and then only writes: within a step nothing before it may have written. */
  function show(step) {
    const box = boxes[step];
    const place = { left: sheet.offsetLeft + box.offsetLeft, top: sheet.offsetTop + box.offsetTop, width: box.offsetWidth, height: box.offsetHeight };
    keepInView(row, place);
    if (marked !== box) {
      marked?.classList.remove("current");
      marked?.removeAttribute("aria-current");
      marked = box;
      box.classList.add("current");
      box.setAttribute("aria-current", "step");
    }
    layOver(mark, box, place);
  }
  /** Give the boxes of a growing text what has been written. */
  function writeNew() {
    if (header.written === undefined) return;
    for (const [step, token] of header.tokens.entries()) {
      if (filled[step] !== token) fillTokenBox(boxes[step], token);
      filled[step] = token;
    }
  }
  /** Colour every box by the choice; by a signal, with that unit's values. */
  function paint(choice, unit) {
    writeNew();
    const isOfText = choice.endsWith(":surprise") || choice === "none";
    const wanted = `${choice} ${isOfText ? "" : unit} ${tokenColours.countKnown(choice)} ${tokenColours.changes()}`;
    if (wanted === painted) return;
    painted = wanted;
    boxes.forEach((box, step) => paintBox(box, tokenColours.at(choice, step, unit), header.tokens[step].known ? "" : texts.unknown));
  }
  /** Put another element at the end of the last line, if the line leaves it the room. */
  function makeRoomFor(other) {
    if (header.written !== undefined) return; // the line of a growing text fills up
    const last = sheet.lastElementChild;
    const free = sheet.offsetWidth - last.offsetLeft - last.offsetWidth;
    other.classList.toggle("beside", row.scrollHeight <= row.clientHeight && free > other.offsetWidth + GAP);
  }
  return { element: row, boxes, sheet, show, paint, makeRoomFor };
}

/** Where decoders wrote different characters stands a dot: what it means is said behind the text, if there is one. */
function differenceNote({ tokens, expected, texts }) {
  const { kind, asked_from: askedFrom } = Object.values(expected)[0];
  const isThere = kind === "text" && tokens.some(({ text }, step) => step > askedFrom && text === DIFFERENT);
  return isThere ? [make("span", { className: "caption difference", text: fill(texts.difference, { dot: DIFFERENT }) })] : [];
}

function paintBox(box, colour, note) {
  box.classList.toggle("tinted", colour !== null);
  box.title = [note, colour?.text ?? ""].filter(Boolean).join("; ");
  if (!colour) return;
  const style = { "--tint": colour.css, "--on": inkOn(colour.css), "--share": colour.share.toFixed(3) };
  for (const [name, value] of Object.entries(style)) box.style.setProperty(name, value);
  box.classList.toggle("negative", colour.value < 0);
}

function layOver(mark, box, { left, top, width, height }) {
  write(mark, box.textContent);
  mark.style.cssText = box.style.cssText;
  mark.className = box.className.replace("token", "token-mark");
  Object.assign(mark.style, { width: `${width}px`, height: `${height}px`, transform: `translate(${left}px, ${top}px)` });
}

/** Scroll a row, and only the row, until the box is inside it. */
function keepInView(row, { left, top, width, height }) {
  if (row.scrollHeight <= row.clientHeight && row.scrollWidth <= row.clientWidth) return;
  if (top < row.scrollTop || top + height > row.scrollTop + row.clientHeight) row.scrollTop = top - (row.clientHeight - height) / 2;
  if (left < row.scrollLeft || left + width > row.scrollLeft + row.clientWidth) row.scrollLeft = left - (row.clientWidth - width) / 2;
}
