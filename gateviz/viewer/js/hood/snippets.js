// Code that gives the number on the screen again: three ways, each to be copied as it stands.

import { decimals, exactText, MINUS } from "../format/numbers.js";
import { fill } from "../format/texts.js";
import { make } from "../page/elements.js";
import { makeToggle, press } from "../sentence/toggle.js";
import { copyOnPress } from "../take_away/copying.js";

const PLACES = 4;
const WAYS = ["pytorch", "numpy", "loop"];
const HOLES = /\b(STEP|UNIT|SYMBOL)\b/g; // as pretrained/snippets.py fills them

export function createSnippets(header, state) {
  const { texts } = header;
  const field = make("textarea", { className: "hood-snippet", attributes: { readonly: "", spellcheck: "false", "aria-label": texts.snippet } });
  const copy = make("button", { className: "option", attributes: { type: "button", "data-copy": "snippet" }, children: [make("span", { className: "label", text: texts.copy })] });
  const prints = make("output", { className: "hood-prints" });
  const toggles = WAYS.map((way) => makeToggle(way, texts[`way_${way}`], () => write(way)));
  let shown = 0;
  function write(way) {
    state.way = way;
    toggles.forEach((toggle, at) => press(toggle, WAYS[at] === way));
    field.value = codeOf(header, state);
    field.rows = field.value.split("\n").length;
    prints.textContent = fill(texts.prints, { value: decimals(shown, PLACES).replace(MINUS, "-") });
    prints.dataset.value = exactText(shown);
  }
  copyOnPress(copy, field, texts);
  return {
    element: make("section", { className: "hood-snippets", attributes: { "aria-label": texts.snippet }, children: [
      make("div", { className: "hood-panel-head", children: [make("strong", { text: texts.snippet }), make("div", { className: "segment", attributes: { role: "group", "aria-label": texts.snippet }, children: toggles }), copy, prints] }),
      field,
    ] }),
    show: (value) => {
      shown = value;
      write(state.way ?? WAYS[0]);
    },
  };
}

/** The code in the chosen way, with the place and the signal put in. */
function codeOf({ snippets, symbols, layer }, { way, step, unit, signal }) {
  const at = layer.stretches.findLastIndex(({ from }) => from <= step);
  const values = { STEP: step - layer.stretches[at].from, UNIT: unit, SYMBOL: symbols[signal] };
  return snippets[at][way].replace(HOLES, (hole) => values[hole]);
}
