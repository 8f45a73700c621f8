// One-hot against embedding: what the token at the cursor is as one-hot, which row it picks, and which tokens are alike.

import { decimals, exactText } from "../format/numbers.js";
import { fill, glyph } from "../format/texts.js";
import { make, sizeCanvas } from "../page/elements.js";
import { gateNames } from "./layer_numbers.js";

const HIGH = 22; // px of a vector's strip

export function createEmbeddingPart(data, state) {
  const { header } = data;
  return header.embedding.inputs === "numbers" ? createNumbers(data, state) : createTokens(data, state);
}

/** A task that reads numbers has no embedding: x is the number itself. */
function createNumbers({ header, layer }, state) {
  const { texts } = header;
  const said = make("p", { className: "hood-read" });
  return {
    element: make("div", { className: "hood-embedding", children: [make("p", { className: "hood-note", text: texts.no_embedding }), said] }),
    show: () => (said.textContent = fill(texts.x_is, { x: `(${[...layer.input(state.step)].map((value) => decimals(value, 4)).join(", ")})` })),
  };
}

function createTokens({ header, arrays, layer, scale }, state) {
  const { texts, embedding } = header;
  const { ids, size, width, near, inputs, off } = embedding;
  const isEmbedded = inputs === "embedding";
  const length = isEmbedded ? width : arrays.vectors.length / ids.length;
  const [title, oneHot, row] = [make("div", { className: "hood-token" }), createStrip(), createStrip()];
  const [oneHotText, rowText] = [make("div", { className: "caption" }), make("div", { className: "caption" })];
  const sums = make("div", { className: "hood-sums" });
  const neighbours = make("ol", { className: "hood-neighbours", attributes: { "aria-label": texts.neighbours } });
  const limit = arrays.vectors.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  const element = make("div", { className: "hood-embedding hood-columns", children: [
    make("div", { children: [title, oneHotText, oneHot.element, rowText, row.element, sums, make("p", { className: "hood-note", text: isEmbedded ? fill(texts.look_up, { off: off.toFixed(4) }) : fill(texts.look_up_w, { off: off.toFixed(4) }), attributes: { "data-value": exactText(off) } })] }),
    make("section", { children: [make("strong", { text: texts.neighbours }), neighbours] }),
  ] });
  function show() {
    const step = Math.min(state.step, ids.length - 1);
    const id = ids[step];
    title.replaceChildren(make("span", { className: "token current", text: glyph(header.tokens[step].text) }), ` ${fill(texts.has_id, { id })}`);
    oneHotText.textContent = fill(texts.one_hot, { size, id });
    rowText.textContent = isEmbedded ? fill(texts.row, { id, width, size }) : fill(texts.column, { id, width: length });
    oneHot.paint(size, [{ at: id, colour: getComputedStyle(element).color }]);
    const values = arrays.vectors.subarray(step * length, (step + 1) * length);
    row.paint(length, Array.from(values, (value, at) => ({ at, colour: scale.css("hidden_state", (value / limit) * header.limits.hidden_state) })));
    row.element.dataset.values = [...values.subarray(0, 3)].map(exactText).join(" ");
    sums.replaceChildren(...inputSums(header, layer, state));
    neighbours.replaceChildren(...near[id].map(([name, cosine]) => makeNeighbour(name, cosine)));
  }
  return { element, show };
}

/** W x of the chosen unit, for each gate: it is what the equations call so. */
function inputSums({ texts, symbols }, layer, { step, unit }) {
  const [x, gates] = [layer.input(step), layer.gates(step)];
  return gateNames(layer.cell).map((signal) => {
    const weights = gates[signal].wx.subarray(unit * x.length, (unit + 1) * x.length);
    const sum = weights.reduce((total, weight, at) => total + weight * x[at], 0);
    return make("span", { className: "hood-sum", children: [make("i", { text: "W" }), make("sub", { text: symbols[signal] }), make("i", { text: " x" }), ` = ${decimals(sum, 4)}`], attributes: { "data-input-sum": signal, "data-value": exactText(sum), title: texts.input_sum } });
  });
}

function makeNeighbour(name, cosine) {
  const share = Math.max(0, cosine);
  return make("li", { attributes: { "data-value": exactText(cosine) }, children: [
    make("span", { className: "name", text: glyph(name.trim() || name) }),
    make("span", { className: "cosine", attributes: { style: `--share:${share}`, "aria-hidden": "true" } }),
    make("span", { className: "number", text: decimals(cosine, 2) }),
  ] });
}

/** A row of patches, one for each number; a patch is at least two px wide, so that one of thousands can be seen. */
function createStrip() {
  const canvas = make("canvas", { attributes: { "aria-hidden": "true" } });
  const element = make("div", { className: "hood-strip", children: [canvas] });
  return {
    element,
    paint: (count, patches) => {
      const width = element.clientWidth;
      if (!width) return;
      const context = sizeCanvas(canvas, width, HIGH);
      context.clearRect(0, 0, width, HIGH);
      for (const { at, colour } of patches) {
        context.fillStyle = colour;
        context.fillRect((at * width) / count, 0, Math.max(2, width / count + 0.5), HIGH);
      }
    },
  };
}
