// The code: the NumPy cell line by line beside the equations and the diagram, and code that gives the number on the screen
// again. What is pointed at in one of them lights up in the others.

import { createDiagram } from "../diagram/cell_diagrams.js";
import { sizeFor } from "../diagram/drawing_size.js";
import { typeset } from "../diagram/equation_terms.js";
import { createFlows } from "../diagram/flows.js";
import { make } from "../page/elements.js";
import { createLighting } from "./code_lighting.js";
import { symbolLine } from "./equation_lines.js";
import { evaluateStep, givenAt, readForm } from "./evaluate.js";
import { createSnippets } from "./snippets.js";
import { createSourceLines } from "./source_lines.js";
import { typesetSymbol } from "./symbols.js";

const PLACES = 4;

export function createCodePart({ header, layer, scale }, state) {
  const form = readForm(header.forms[0]);
  state.signal = form.steps.some(({ signal }) => signal === state.signal) ? state.signal : header.signal;
  const found = { step: null, signals: {} };
  const choose = (signal) => {
    state.signal = signal;
    show();
  };
  const diagram = createLiveDiagram(header, layer, scale, found, state);
  const equations = createEquationList(form, header, layer, choose);
  const source = createSourceLines(header, choose);
  const snippets = createSnippets(header, state);
  const element = make("div", { className: "hood-code", children: [
    make("div", { className: "hood-code-left", children: [diagram.element, equations.element] }),
    source.element,
    snippets.element,
  ] });
  createLighting(element, choose);
  function show() {
    const { step, unit, signal } = state;
    if (found.step !== step) Object.assign(found, { step, signals: evaluateStep(form, layer.gates(step), givenAt(layer, step)).signals });
    diagram.show();
    equations.show((name) => found.signals[name][unit], unit, signal);
    snippets.show(found.signals[signal][unit]);
  }
  return { element, show };
}

/** The cell's diagram with the numbers of one unit. */
function createLiveDiagram(header, layer, scale, found, state) {
  const diagram = createDiagram(layer.cell, { ...header, reverse: header.layer.reverse, squashes: { rnn: "tanh" } });
  const element = make("div", { className: "cell-frame", children: [diagram.element] });
  const reader = { at: (signal) => found.signals[signal], before: layer.before };
  return {
    element,
    show: () => {
      if (element.clientWidth) diagram.resize(sizeFor(element.clientWidth, element.clientHeight));
      diagram.show(createFlows(header, reader, scale, { step: state.step, unit: state.unit }));
    },
  };
}

/** The equations, a line each, with what they give; a press chooses the number that the code below gives again. */
function createEquationList(form, { texts }, layer, choose) {
  const rows = form.steps.map((equation) => {
    const value = make("span", { className: "hood-value" });
    const symbols = symbolLine(equation, form, { units: layer.units, width: layer.width(0) });
    const written = symbols.map((term) => (term.symbol ? typesetSymbol({ symbol: term.symbol, shape: "" }) : term));
    const name = texts.signals[layer.cell][equation.signal];
    const button = make("button", {
      className: "hood-equation",
      attributes: { type: "button", "data-lights": equation.signal, "data-choose": equation.signal, "aria-label": name, title: name },
      children: [make("span", { className: "eq-line symbols", children: written }), value],
    });
    button.addEventListener("click", () => choose(equation.signal));
    return { signal: equation.signal, button, value };
  });
  return {
    element: make("div", { className: "hood-equation-list", attributes: { role: "group", "aria-label": texts.number_for_code }, children: rows.map(({ button }) => button) }),
    show: (valueOf, unit, chosen) => {
      for (const { signal, button, value } of rows) {
        value.replaceChildren(typeset({ signal, part: "result", value: valueOf(signal), places: PLACES }, layer.cell, unit));
        button.setAttribute("aria-pressed", String(signal === chosen));
      }
    },
  };
}
