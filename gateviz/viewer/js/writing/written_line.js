// What one cell has written, under its name: a part for each token, coloured by how surprised the cell itself was. A click goes to
// the token's step.

import { colourTable, inkOn } from "../format/colours.js";
import { decimals, probability } from "../format/numbers.js";
import { fill, glyph } from "../format/texts.js";
import { make } from "../page/elements.js";

const COUPLET_END = "。";

/**
 * @param {string} cell
 * @param {object} header Of the picture.
 * @param {string} theme "light" or "dark".
 * @param {object} what
 * @param {boolean} what.isPoem Whether it is laid out in couplets, after its rhyme.
 * @param {number} what.lines How many lines have room.
 * @param {(sheet: number, step: number) => void} what.goTo
 * @param {?(cell: string) => void} what.takeOver Null: there is no box that could take the text.
 * @returns {{element: HTMLElement, add: Function, clear: Function, mark: Function}} `add(token, sheet, step)`: a NewToken of a
 *   sheet, of which there are two where two quatrains are written; `mark(sheet, step)`: the one at the cursor.
 */
export function createWrittenLine(cell, { texts, surprise, most_bits: mostBits }, theme, { isPoem, lines, goTo, takeOver }) {
  const colours = colourTable(surprise[theme]);
  const name = texts.cells[cell];
  const text = make("div", { className: "written-text", attributes: { role: "group", "aria-label": fill(texts.written_by, { cell: name }), tabindex: "0", style: `--lines: ${lines}` } });
  const button = make("button", { className: "option written-take", text: texts.take_over, attributes: { type: "button", title: texts.take_over_title, "data-take-over": cell } });
  const element = make("div", { className: `written ${cell}`, attributes: { "data-written": cell }, children: [text, ...(takeOver ? [button] : [])] });
  button.addEventListener("click", () => takeOver(cell));
  const boxes = new Map(); // "sheet step" -> box
  let marked = null;

  function add(token, sheet, step) {
    if (token.isGiven) return;
    const isRhyme = isPoem && step === 1; // after the form, which is given
    const box = make("span", { className: isRhyme ? "written-token rhyme" : "written-token", text: isRhyme ? fill(texts.poem_rhyme_of, { rhyme: token.text }) : glyphOf(token.text), attributes: { "data-written-step": step } });
    tint(box, token.probability);
    box.addEventListener("click", () => goTo(sheet, step));
    boxes.set(`${sheet} ${step}`, box);
    text.append(box, ...(isPoem && token.text === COUPLET_END ? [make("span", { className: "written-break" })] : []));
    if (text.scrollHeight > text.clientHeight) text.scrollTop = text.scrollHeight;
  }
  function tint(box, share) {
    const bits = share ? -Math.log2(share) : NaN;
    box.dataset.value = share ?? 0;
    box.title = share ? fill(texts.written_title, { probability: probability(share), bits: decimals(bits, 1) }) : texts.written_given_title;
    if (!share) return;
    const css = colours[Math.round(255 * Math.min(1, bits / mostBits))];
    box.style.setProperty("--tint", css);
    box.style.setProperty("--on", inkOn(css));
  }
  function mark(sheet, step) {
    const box = boxes.get(`${sheet} ${step}`) ?? null;
    if (box === marked) return;
    marked?.classList.remove("current");
    box?.classList.add("current");
    marked = box;
  }
  return {
    element,
    add,
    mark,
    clear: () => {
      text.replaceChildren();
      boxes.clear();
      marked = null;
    },
  };
}

/** A space is seen as a space between coloured boxes; what else would be invisible has a sign. */
function glyphOf(token) {
  return token === " " ? token : glyph(token);
}
