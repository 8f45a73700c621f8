// The weights of each cell as areas, all on one scale; how many they are and why; what the two biases do.

import { decimals, exactText, scientific } from "../format/numbers.js";
import { fill } from "../format/texts.js";
import { make } from "../page/elements.js";
import { drawAreas } from "./weight_areas.js";

const LARGEST = 250; // px that the highest drawing may have
const WIDEST = 220; // px
const ROUNDING = 1e-5; // what moves less has not moved

export function createParametersPart({ header, ask }, state) {
  const { texts, parameters, layer } = header;
  const scale = Math.min(...parameters.map(({ gates, units, width }) => Math.min(LARGEST / (gates.length * units), WIDEST / (units + width + 2))));
  const lstm = parameters.find(({ cell }) => cell === "lstm");
  const panels = parameters.map((one) => createPanel(one, { texts, scale, lstm, choice: one.cell === layer.cell ? createChoice(header, state, ask) : null }));
  return { element: make("div", { className: "panels hood-parameters", attributes: { style: `--columns:${panels.length}` }, children: panels }), show: () => {} };
}

function createPanel(one, { texts, scale, lstm, choice }) {
  const { cell } = one;
  const title = make("div", { className: `panel-title ${cell}`, children: [make("span", { className: "mark" }), make("strong", { text: texts.cells[cell] })] });
  const words = make("div", { className: "hood-counts", children: [
    make("div", { className: "hood-count", text: fill(texts.count, { count: counted(one.count) }), attributes: { "data-count": cell, "data-value": one.count } }),
    make("div", { text: formulaOf(one, texts) }),
    ...(cell === "gru" ? [] : [make("div", { className: "caption", text: fill(texts.one_bias, { count: counted(one.count - one.gates.length * one.units) }) })]),
    ...(lstm && lstm !== one ? [make("div", { text: fill(texts.of_lstm, { share: `${((100 * one.count) / lstm.count).toFixed(0)} %` }) })] : []),
    createTable(one, texts),
    createWhole(one, texts),
  ] });
  return make("section", {
    className: "panel shown",
    attributes: { "aria-label": texts.cells[cell] },
    children: [title, make("div", { className: "hood-areas-row", children: [drawAreas(one, scale, texts, choice), words] })],
  });
}

/** Which matrix is shown as a map below: the server draws it. */
function createChoice({ signal, parameters, layer }, state, ask) {
  const { gates } = parameters.find(({ cell }) => cell === layer.cell);
  const isThere = gates.some((gate) => gate.signal === state.matrix?.signal);
  state.matrix = isThere ? state.matrix : { side: state.matrix?.side ?? "recurrent", signal };
  return {
    isChosen: (side, gate) => side === state.matrix.side && gate === state.matrix.signal,
    choose: (side, gate) => {
      state.matrix = { side, signal: gate };
      ask("matrix", state.matrix);
    },
  };
}

function counted(number) {
  return number.toLocaleString("en");
}

/** The formula with the numbers put in. */
function formulaOf({ gates, units, width }, texts) {
  return fill(texts.formula, { gates: gates.length, units, width });
}

/** The recurrent weights among all of the model. */
function createWhole({ whole }, texts) {
  const total = whole.reduce((sum, { count }) => sum + count, 0);
  const bars = whole.map(({ name, count }) => make("span", { className: `hood-share ${name}`, attributes: { style: `flex:${count}`, title: `${texts[`whole_${name}`]}: ${counted(count)}` } }));
  const names = whole.map(({ name, count }) => make("li", { text: `${texts[`whole_${name}`]} ${counted(count)}` }));
  return make("div", { children: [
    make("div", { className: "caption", text: fill(texts.whole, { count: counted(total) }) }),
    make("div", { className: "hood-shares", attributes: { "aria-hidden": "true" }, children: bars }),
    make("ul", { className: "hood-share-names caption", children: names }),
  ] });
}

/** Each gate's spectral radius, and what comes of it if one of its biases is moved into the other. */
function createTable({ cell, gates }, texts) {
  const head = [texts.gate, texts.radius, texts.moved].map((text) => make("th", { text, attributes: { scope: "col" } }));
  const rows = gates.map(({ signal, symbol, radius, moved }) => make("tr", { attributes: { "data-gate": signal }, children: [
    make("th", { attributes: { scope: "row", title: texts.signals[cell][signal] ?? "" }, children: [make("i", { text: symbol })] }),
    make("td", { className: "number", text: decimals(radius, 3), attributes: { "data-value": exactText(radius), "data-radius": cell } }),
    make("td", { className: "number", text: moved < ROUNDING ? "0" : moved < 0.001 ? scientific(moved) : decimals(moved, 3), attributes: { "data-value": exactText(moved), "data-moved": cell } }),
  ] }));
  return make("table", { className: "hood-mix-ups hood-gates", children: [make("thead", { children: [make("tr", { children: head })] }), make("tbody", { children: rows })] });
}
