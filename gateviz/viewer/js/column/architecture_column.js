// One architecture's column: its diagram, its answers, the curves of the chosen unit; and what lies over its heatmaps.

import { createDiagram } from "../diagram/cell_diagrams.js";
import { createFlows } from "../diagram/flows.js";
import { createStateStrips } from "../diagram/state_strips.js";
import { fill } from "../format/texts.js";
import { createOverlay } from "../maps/overlay.js";
import { make, write } from "../page/elements.js";
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
 * @param {{ink: string, page: string, lit: string}} shared.page The page's colours.
 */
export function createArchitectureColumn(cell, picture, { scale, state, actions, page }) {
  const { header } = picture;
  const reader = createReader(cell, picture);
  const diagram = createDiagram(cell, header);
  const strips = createStateStrips(cell, header, scale, actions.chooseUnit);
  const answers = createAnswers(cell, header);
  const curves = createUnitCurves(cell, picture, scale);
  const maps = createOverlay(cell, picture, { scale, state, actions, page });
  const counts = createUnitCounts(cell, header, reader);
  const name = make("strong", { text: header.texts.cells[cell] });
  const element = layOut(cell, header, { name, diagram, strips, counts, answers, curves });
  const showStrips = () => showStateStrips(strips, cell, header, reader, state);
  return {
    element,
    reader: createUnitReader(cell, picture, reader),
    place: () => {
      maps.place();
      showStrips(); // their units are in the order of the maps' rows
    },
    dispose: () => maps.dispose(),
    draw: () => {
      curves.draw(state.unit, state.start);
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
      write(name, whole ? header.texts.cells[cell] : fill(header.texts.unit_of, { cell: header.texts.cells[cell], unit }));
      diagram.show(createFlows(header, reader, scale, { step, unit: whole ? null : unit }));
      showStrips();
      counts.show(step, picture.has(step, step));
      answers.show(step);
      curves.show(step, unit, start);
      maps.show();
    },
  };
}

/** Show a step's states in the strips, in the order of the maps' rows. */
export function showStateStrips(strips, cell, header, { at, before }, { step, unit, whole, order }) {
  strips.show((signal, when) => (when === "before" ? before : at)(signal, step), whole ? null : unit, header.orders[cell][order]);
}

function layOut(cell, { texts, captions }, { name, diagram, strips, counts, answers, curves }) {
  const title = make("div", {
    className: `panel-title ${cell}`,
    children: [make("span", { className: "mark" }), name, make("span", { className: "caption", text: captions[cell] })],
  });
  const frame = make("div", { className: "cell-frame", children: [diagram.element, ...strips.elements] });
  const top = make("div", { className: "panel-top", children: [make("div", { children: [frame, counts.element] }), answers.element] });
  return make("section", {
    className: "panel",
    attributes: { "aria-label": texts.cells[cell], "data-panel": cell },
    children: [title, top, curves.element],
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
