// What comes out if one mixes the sources up, as a table: a row for each mistake.

import { decimals, exactText } from "../format/numbers.js";
import { fill } from "../format/texts.js";
import { make } from "../page/elements.js";
import { mixUpsOf, statesWith, stateWith } from "./mix_ups.js";

const PLACES = 4;

/** @param {number[]} order The steps in the order in which the layer reads them. */
export function createMixUps(forms, { texts }, layer, order) {
  const rows = mixUpsOf(layer.cell, forms).map((mixUp) => ({ mixUp, ...createRow(mixUp, texts), whole: undefined }));
  const right = make("td", { className: "number" });
  const head = [texts.mistake, texts.this_step, texts.from_first].map((text) => make("th", { text, attributes: { scope: "col" } }));
  const element = make("table", {
    className: "hood-mix-ups",
    children: [
      make("caption", { text: texts.mix_ups }),
      make("thead", { children: [make("tr", { children: head })] }),
      make("tbody", { children: [make("tr", { className: "right", children: [make("th", { text: texts.as_it_is, attributes: { scope: "row" } }), right, make("td", { className: "number" })] }), ...rows.map((row) => row.element)] }),
    ],
  });
  return {
    element,
    show: (step, unit) => {
      const state = layer.state("hidden_state", step)[unit];
      right.textContent = decimals(state, PLACES);
      right.nextElementSibling.textContent = decimals(state, PLACES);
      for (const row of rows) {
        row.whole = row.whole === undefined ? statesWith(row.mixUp, layer, order) : row.whole;
        row.show(stateWith(row.mixUp, layer, step)[unit], row.whole?.[step * layer.units + unit]);
      }
    },
  };
}

function createRow({ kind, other, form }, texts) {
  const order = kind === "order" ? Object.values(form.gates).join(", ") : "";
  const [here, later] = [make("td", { className: "number" }), make("td", { className: "number" })];
  const label = make("th", { text: fill(texts[`mix_${kind}`], { source: texts.sources?.[other] ?? "", order }), attributes: { scope: "row" } });
  return {
    element: make("tr", { attributes: { "data-mix-up": kind }, children: [label, here, later] }),
    show: (value, fromFirst) => {
      here.textContent = decimals(value, PLACES);
      here.dataset.value = exactText(value);
      later.textContent = fromFirst === undefined ? "–" : decimals(fromFirst, PLACES);
      later.dataset.value = fromFirst === undefined ? "" : exactText(fromFirst);
    },
  };
}
