// One architecture's column: its diagram, its answers, its heatmaps, and the curves of a unit that is chosen.

import { createCellFrame } from "../diagram/cell_frame.js";
import { fill } from "../format/texts.js";
import { createCellMaps } from "../maps/cell_maps.js";
import { make, write } from "../page/elements.js";
import { createGateSums } from "../picture/gate_sums.js";
import { createReader } from "../picture/signals.js";
import { createAnswers } from "./answers.js";
import { drawEnding } from "./ending.js";
import { createUnitCurves } from "./unit_curves.js";

const NARROW = 393; // px of a panel in which cell and answers have no room side by side

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
  const frame = createCellFrame(cell, header, reader, scale, { state, chooseUnit: actions.chooseUnit });
  const answers = createAnswers(cell, header);
  const curves = createUnitCurves(cell, picture, scale);
  const maps = createCellMaps(cell, picture, { scale, state, actions });
  const name = make("strong", { text: header.texts.cells[cell] });
  const element = layOut(cell, header, { name, frame, answers, maps, curves });
  return {
    element,
    reader: createUnitReader(cell, picture, reader),
    paint: maps.draw,
    isPlain: maps.isPlain,
    figure: maps.figure,
    beat: (beat) => {
      element.classList.toggle("beating", beat !== null);
      frame.beat(beat);
    },
    draw: () => {
      element.classList.toggle("narrow", element.clientWidth < NARROW);
      frame.draw();
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
      const { step, unit, whole, shown, start, veiled } = state;
      element.classList.toggle("shown", shown === cell);
      write(name, whole ? header.texts.cells[cell] : fill(header.texts.unit_of, { cell: header.texts.cells[cell], unit }));
      frame.show();
      answers.show(step);
      if (!whole) curves.show(step, start, veiled);
      maps.show();
    },
  };
}

function layOut(cell, header, { name, frame, answers, maps, curves }) {
  const { texts, captions } = header;
  const title = make("div", {
    className: `panel-title ${cell}`,
    attributes: { title: captions[cell] },
    children: [make("span", { className: "mark" }), name, make("span", { className: "caption", text: captions[cell] }), ...drawEnding(cell, header)],
  });
  const top = make("div", { className: "panel-top", children: [frame.element, answers.element, frame.caption] });
  return make("section", {
    className: "panel",
    attributes: { "aria-label": texts.cells[cell], "data-panel": cell },
    children: [title, top, maps.element, curves.element],
  });
}

/** What the equations ask for: (step, unit, onCome) -> the numbers of one unit at one step. `onCome` is called when sums come. */
function createUnitReader(cell, picture, { at, before }) {
  const { reverse, squashes, texts } = picture.header;
  const sumAt = createGateSums(cell, picture, { at, before });
  return (step, unit, onCome) => ({
    earlier: reverse ? "t+1" : "t−1",
    squash: squashes[cell],
    heldAt: texts.equation_held,
    all: (signal) => at(signal, step),
    now: (signal) => at(signal, step)[unit],
    before: (signal) => before(signal, step)?.[unit] ?? 0,
    sum: (signal) => sumAt(signal, step, unit, onCome),
  });
}
