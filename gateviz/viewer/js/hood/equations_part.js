// The equations as a source writes them, with the numbers of one unit at one step; and what mixing them up would give.

import { typeset } from "../diagram/equation_terms.js";
import { exactText } from "../format/numbers.js";
import { fill } from "../format/texts.js";
import { make } from "../page/elements.js";
import { marksOf, numberLines, symbolLine } from "./equation_lines.js";
import { evaluateStep, gatesIn, givenAt, readForm } from "./evaluate.js";
import { createMixUps } from "./mix_up_table.js";
import { typesetSymbol } from "./symbols.js";

export function createEquationsPart({ header, layer, order }, state) {
  const forms = Object.fromEntries(header.forms.map((form) => [form.name, readForm(form)]));
  const form = forms[header.form];
  const blocks = form.steps.map((equation) => createBlock(equation, form, header, layer));
  const facts = createFacts(form, header, layer);
  const mixUps = createMixUps(forms, header, layer, order);
  return {
    element: make("div", {
      className: "hood-columns",
      children: [
        make("div", { className: "hood-equations", attributes: { "data-form": form.name }, children: blocks.map((block) => block.element) }),
        make("div", { className: "hood-aside", children: [facts.element, mixUps.element] }),
      ],
    }),
    show: () => {
      const { step, unit } = state;
      const given = givenAt(layer, step);
      const found = evaluateStep(form, gatesIn(form, layer.gates(step)), given);
      for (const block of blocks) block.show((node) => found.values.get(node)[unit], unit);
      facts.show(found.signals.hidden_state[unit], layer.state("hidden_state", step)[unit]);
      mixUps.show(step, unit);
    },
  };
}

function createBlock(equation, form, header, layer) {
  const { texts } = header;
  const mark = marksOf(equation, form);
  const draw = (terms, unit) => terms.map((term) => (term.symbol ? typesetSymbol(term, mark) : typeset(term, layer.cell, unit)));
  const numbers = make("div", { className: "hood-numbers" });
  const sizes = { units: layer.units, width: layer.width(0) };
  const name = texts.signals[layer.cell][equation.signal];
  const element = make("section", {
    className: "hood-block",
    attributes: { "data-equation": equation.signal, "aria-label": name },
    children: [
      make("div", { className: "hood-block-title", children: [make("span", { text: name }), make("span", { className: "caption", text: placeOf(equation, form, layer, texts) })] }),
      make("div", { className: "equation", children: [
        make("div", { className: "eq-line symbols", attributes: { title: texts.shapes_title }, children: draw(symbolLine(equation, form, sizes)) }),
        numbers,
      ] }),
      ...(mark ? [make("div", { className: "hood-mark", text: texts[mark.kind] })] : []),
    ],
  });
  return {
    element,
    show: (at, unit) => numbers.replaceChildren(...numberLines(equation, at).map((terms) => make("div", { className: "eq-line more", children: draw(terms, unit) }))),
  };
}

/** Where the source keeps the weights of a gate. */
function placeOf({ signal }, form, { units }, texts) {
  const at = Object.keys(form.gates).indexOf(signal === "hidden_state" ? "preactivation" : signal);
  if (at < 0 || form.storage === "gates") return "";
  const [first, last] = [at * units, (at + 1) * units - 1];
  return form.storage === "rows" ? fill(texts.rows_at, { first, last }) : fill(texts.columns_at, { first, last });
}

/** What is particular of this source, in short sentences; and, where its equations are of another network, what they give. */
function createFacts(form, { texts }, layer) {
  const lines = [
    form.vectors === "row" ? texts.fact_row : texts.fact_column,
    form.biases === 2 ? texts.fact_two_biases : texts.fact_one_bias,
    ...(layer.cell === "lstm" && form.name === "pytorch" ? [fill(texts.fact_forget_bias, { first: layer.units, last: 2 * layer.units - 1 })] : []),
    ...(layer.cell === "rnn" ? [] : [fill(texts.fact_order, { order: Object.values(form.gates).join(", ") })]),
  ];
  const differs = make("li", { className: "hood-differs", attributes: { role: "status" } });
  const isOther = form.reset === "before";
  return {
    element: make("ul", { className: "hood-facts", children: [...lines.map((text) => make("li", { text })), ...(isOther ? [differs] : [])] }),
    show: (value, right) => {
      differs.textContent = fill(texts.differs, { value: value.toFixed(4), right: right.toFixed(4) });
      differs.dataset.value = exactText(value);
    },
  };
}
