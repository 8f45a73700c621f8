// One architecture's column: its diagram, its answers, its heatmaps, and the curves of a unit that is chosen.

import { createDiagram } from "../diagram/cell_diagrams.js";
import { createFlows } from "../diagram/flows.js";
import { createStateStrips } from "../diagram/state_strips.js";
import { createCellMaps } from "../maps/cell_maps.js";
import { rowsOf } from "../maps/map_rows.js";
import { make } from "../page/elements.js";
import { createGateSums } from "../picture/gate_sums.js";
import { createReader } from "../picture/signals.js";
import { createAnswers } from "./answers.js";
import { createUnitCounts } from "./unit_counts.js";
import { createUnitCurves } from "./unit_curves.js";

/**
 * @param {string} cell
 * @param {import("../picture/pieces.js").Picture} picture
 * @param {object} shared
 * @param {object} shared.scale The colours of values.
 * @param {import("../viewer/view_state.js").ViewState} shared.state
 * @param {object} shared.actions
 */
export function createArchitectureColumn(cell, picture, { scale, state, actions }) {
  const { header } = picture;
  const reader = createReader(cell, picture);
  const diagram = createDiagram(cell, header);
  const strips = createStateStrips(cell, header, scale, actions.chooseUnit);
  const answers = createAnswers(cell, header);
  const curves = createUnitCurves(cell, picture, scale);
  const maps = createCellMaps(cell, picture, { scale, state, actions });
  const counts = createUnitCounts(cell, header, reader);
  const element = layOut(cell, header, { diagram, strips, counts, answers, maps, curves });
  const showStrips = () => showStateStrips(strips, cell, header, reader, state);
  return {
    element,
    reader: createUnitReader(cell, picture, reader),
    paint: maps.draw,
    isPlain: maps.isPlain,
    figure: maps.figure,
    draw: () => {
      maps.draw();
      curves.draw(state.whole ? null : state.unit, state.start);
      answers.draw();
    },
    light: (lit) => {
      const signal = lit && (lit.cell ?? cell) === cell ? lit.signal : null;
      for (const node of element.querySelectorAll("[data-node], .curve")) node.classList.toggle("lit", (node.dataset.node ?? node.dataset.curve) === signal);
      maps.light(signal);
    },
    show: () => {
      const { step, unit, whole, shown, start } = state;
      element.classList.toggle("shown", shown === cell);
      diagram.show(createFlows(header, reader, scale, { step, unit: whole ? null : unit }));
      showStrips();
      counts.show(step, picture.has(step, step));
      answers.show(step);
      if (!whole) curves.show(step, start);
      maps.show();
    },
  };
}

/** Show a step's states in the strips, in the maps' rows. */
export function showStateStrips(strips, cell, header, { at, before }, state) {
  const { step, unit, whole } = state;
  strips.show((signal, when) => (when === "before" ? before : at)(signal, step), whole ? null : unit, rowsOf(header, cell, state));
}

function layOut(cell, { texts, captions }, { diagram, strips, counts, answers, maps, curves }) {
  const name = texts.cells[cell];
  const title = make("div", {
    className: `panel-title ${cell}`,
    children: [make("span", { className: "mark" }), make("strong", { text: name }), make("span", { className: "caption", text: captions[cell] })],
  });
  const frame = make("div", { className: "cell-frame", children: [diagram.element, ...strips.elements] });
  const top = make("div", { className: "panel-top", children: [make("div", { children: [frame, counts.element] }), answers.element] });
  return make("section", {
    className: "panel",
    attributes: { "aria-label": name, "data-panel": cell },
    children: [title, top, maps.element, curves.element],
  });
}

/** What the equations ask for: (step, unit) -> the numbers of one unit at one step. */
function createUnitReader(cell, picture, { at, before }) {
  const { reverse, squashes } = picture.header;
  const sumAt = createGateSums(cell, picture);
  return (step, unit) => ({
    earlier: reverse ? "t+1" : "t−1",
    squash: squashes[cell],
    now: (signal) => at(signal, step)[unit],
    before: (signal) => before(signal, step)?.[unit] ?? 0,
    sum: (signal) => sumAt(signal, step, unit),
  });
}
