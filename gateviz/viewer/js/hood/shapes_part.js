// The shapes: the network unrolled over the sentence, its tensors by name, and a batch that is packed.

import { exactText } from "../format/numbers.js";
import { fill } from "../format/texts.js";
import { make } from "../page/elements.js";
import { makeToggle, press } from "../sentence/toggle.js";
import { createPackedBatch } from "./packed_batch.js";
import { LAYOUTS, shownSteps, tensorShapes, written } from "./tensor_shapes.js";
import { drawUnrolled } from "./unrolled.js";

const COLUMN = 118; // px that a step takes at least
const ENDS = 148; // px beside the first and the last

export function createShapesPart({ header }, state) {
  const { texts, module } = header;
  const place = make("div", { className: "hood-unrolled-place" });
  const weights = make("div", { className: "hood-weights", attributes: { role: "status" } });
  const table = make("table", { className: "hood-mix-ups hood-tensors" });
  const toggles = LAYOUTS.map((layout) => makeToggle(layout, texts[`layout_${layout}`], () => choose({ layout })));
  Object.assign(state, { layout: state.layout ?? LAYOUTS[0], tensor: state.tensor ?? "h_n" });
  const element = make("div", { className: "hood-shapes", children: [
    place, weights,
    make("div", { className: "hood-columns", children: [
      make("section", { children: [
        make("div", { className: "hood-panel-head", children: [make("strong", { text: texts.tensors }), make("div", { className: "segment", attributes: { role: "group", "aria-label": texts.tensors }, children: toggles })] }),
        table,
        ...notes(header),
      ] }),
      createPackedBatch(header),
    ] }),
  ] });
  watchCells(place, weights, header);
  function choose(change) {
    Object.assign(state, change);
    show();
  }
  function show() {
    toggles.forEach((toggle, at) => press(toggle, LAYOUTS[at] === state.layout));
    const width = place.clientWidth;
    if (width) {
      const most = Math.max(3, Math.floor((width - ENDS) / COLUMN));
      const how = { step: state.step, width, isBatched: state.layout !== "no_batch", names: { cell: texts.cells[header.layer.cell], output: texts.output, drawing: texts.drawing } };
      place.replaceChildren(drawUnrolled(module, header.tokens.slice(0, module.steps), shownSteps(module.steps, Math.min(state.step, module.steps - 1), most), how));
    }
    table.replaceChildren(...rowsOf(header, state, (tensor) => choose({ tensor })));
    for (const each of place.querySelectorAll("[data-tensor]")) each.classList.toggle("lit", each.dataset.tensor.split(" ").includes(state.tensor));
  }
  return { element, show };
}

/** A row for each tensor: a press points at it in the drawing. */
function rowsOf({ module, texts, tokens }, { layout, tensor }, choose) {
  return tensorShapes(module, layout).map(({ name, shape, axes }) => {
    const button = make("button", { className: "hood-tensor", text: name, attributes: { type: "button", "aria-pressed": String(name === tensor), "data-point": name } });
    button.addEventListener("click", () => choose(name));
    const about = name === "h_n" || name === "c_n" ? lastRows(name, module, tokens, texts) : [texts[`about_${name}`] ?? texts.about_0];
    return make("tr", { children: [
      make("th", { attributes: { scope: "row" }, children: [button] }),
      make("td", { className: "hood-torch-shape", text: written(shape), attributes: { "data-shape": name } }),
      make("td", { className: "caption", text: axes.join(" × ") }),
      make("td", { children: about.map((text) => make("div", { text })) }),
    ] });
  });
}

/** Which row of h_n is which. */
function lastRows(name, { rows, directions }, tokens, texts) {
  return rows.map(({ layer, reverse, step }, at) => fill(texts.row_of, {
    row: `${name}[${at}]`, layer,
    direction: directions > 1 ? texts.directions[reverse ? "reverse" : "forward"].toLowerCase() : "",
    step: step + 1, token: tokens[step].text.trim(),
  }).replace(/ {2,}/g, " "));
}

function notes({ module, texts }) {
  const same = make("p", { className: "hood-note", text: fill(texts.same_numbers, { off: module.off.toFixed(4) }), attributes: { "data-value": exactText(module.off) } });
  return [make("p", { className: "hood-note", text: texts.batch_first_note }), same];
}

/** The weights of the row that is pointed at: all its cells light up, because they are one. */
function watchCells(place, weights, { module, texts }) {
  const say = (row) => {
    const listed = module.weights[row].map(({ name, shape }) => `${name} ${written(shape)}`).join(", ");
    weights.textContent = fill(texts.shared, { weights: listed, steps: module.steps });
  };
  const light = (event) => {
    const cell = event.target.closest?.("[data-row]");
    for (const each of place.querySelectorAll("[data-row]")) each.classList.toggle("shared", each.dataset.row === cell?.dataset.row);
    if (cell) say(Number(cell.dataset.row));
  };
  place.addEventListener("pointerover", light);
  place.addEventListener("focusin", light);
  place.addEventListener("pointerleave", light);
  say(0);
}
