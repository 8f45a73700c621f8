// How much is left of each word: what each cell's state is made of, by leaving a word out and by the gradient.

import { inkOn } from "../format/colours.js";
import { exactText } from "../format/numbers.js";
import { fill, glyph } from "../format/texts.js";
import { make } from "../page/elements.js";

const WAYS = ["left_out", "gradient"];
const FEW = 9; // tokens: of so short a text every step is drawn
const LABELLED = 0.07; // a share that has room for its token
const UNSEEN = 0.005; // a share that is shown as 0 %
const EDGED = 0.02; // a share that has room for an edge
const NAMED = 3; // sources that are named in words
/** Okabe and Ito's colours, which everybody can tell apart; a text of more tokens has shades of the cell's own colour. */
const COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#999999", "#8c564b"];

export function createWordsPart({ header, arrays }, state) {
  const { texts, cells, words } = header;
  const isShort = words <= FEW;
  const panels = cells.map((cell) => createPanel(cell, arrays, header, isShort));
  const notes = [
    make("p", { className: "hood-note", text: texts.words_about }),
    ...(words < header.tokens.length ? [make("p", { className: "hood-note", text: fill(texts.words_first, { count: words }) })] : []),
    ...(isShort || !header.example ? [] : [make("p", { className: "hood-note", children: [texts.words_short, " ", make("a", { className: "hood-link", text: header.example.text, attributes: { href: header.example.address, target: "_self" } })] })]),
  ];
  const element = make("div", { children: [make("div", { className: "panels", attributes: { style: `--columns:${cells.length}` }, children: panels.map((panel) => panel.element) }), ...notes] });
  return { element, show: () => panels.forEach((panel) => panel.show(Math.min(state.step, words - 1))) };
}

function createPanel(cell, arrays, { texts, tokens, words }, isShort) {
  const blocks = WAYS.map((way) => {
    const bars = make("div", { className: "hood-bars" });
    const named = make("div", { className: "hood-named caption", attributes: { "data-way": way, "data-of": cell } });
    return { way, bars, named, pairs: arrays[`${cell}.${way}`], element: make("section", { attributes: { "aria-label": texts[way] }, children: [make("div", { className: "caption", text: texts[way] }), bars, named] }) };
  });
  const title = make("div", { className: `panel-title ${cell}`, children: [make("span", { className: "mark" }), make("strong", { text: texts.cells[cell] })] });
  return {
    element: make("section", { className: "panel shown", attributes: { "aria-label": texts.cells[cell] }, children: [title, make("div", { className: "hood-both", children: blocks.map((block) => block.element) })] }),
    show: (step) => {
      for (const { way, bars, named, pairs } of blocks) {
        const drawn = isShort ? Array.from({ length: words }, (_, at) => at) : [step];
        bars.replaceChildren(...drawn.map((at) => makeBar(sharesAt(pairs, at, words), tokens, { cell, step: at, isShort, isCurrent: at === step })));
        const found = sharesAt(pairs, step, words);
        named.textContent = largest(found).map((source) => `${glyph(tokens[source].text.trim() || tokens[source].text)} ${percent(found[source].share)}`).join(" · ");
        named.dataset.values = found.map(({ share }) => exactText(share)).join(" ");
        named.title = fill(texts[`${way}_title`], { change: exactText(found[largest(found)[0]].change), token: tokens[largest(found)[0]].text });
      }
    },
  };
}

/** The share of each source in the state after a step, and by how much the state changes. */
function sharesAt(pairs, step, count) {
  const row = pairs.subarray(step * count, (step + 1) * count);
  const total = row.reduce((sum, value) => sum + value, 0) || 1;
  return Array.from(row, (change) => ({ change, share: change / total }));
}

function largest(found) {
  return found.map((_, source) => source).sort((one, other) => found[other].share - found[one].share).slice(0, NAMED).filter((source) => found[source].share > UNSEEN);
}

function percent(share) {
  return `${(100 * share).toFixed(0)} %`;
}

/** One state as a bar: a piece for each source, as wide as its share. */
function makeBar(found, tokens, { cell, step, isShort, isCurrent }) {
  const pieces = found.map(({ share }, source) => {
    const colour = isShort ? COLOURS[source % COLOURS.length] : `color-mix(in srgb, var(--${cell}) ${Math.round(14 + 46 * Math.min(1, 2 * share))}%, var(--page))`;
    const token = glyph(tokens[source].text.trim() || tokens[source].text);
    return make("span", { className: share > EDGED ? "piece edged" : "piece", text: share > LABELLED ? token : "", attributes: { style: `flex:${share} 0 0;background:${colour};color:${isShort ? inkOn(colour) : "var(--ink)"}`, title: `${token} ${percent(share)}`, "data-source": source } });
  });
  const label = make("span", { className: "hood-bar-name", text: glyph(tokens[step].text.trim() || tokens[step].text) });
  return make("div", { className: isCurrent ? "hood-bar current" : "hood-bar", attributes: { "data-state": step }, children: [label, make("span", { className: "pieces", children: pieces })] });
}
