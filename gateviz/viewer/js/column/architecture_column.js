// One architecture's column: its diagram, its answers, its heatmaps, and the curves of a unit that is chosen.

import { createBothAnswers } from "../compare/both_answers.js";
import { createCellFrame } from "../diagram/cell_frame.js";
import { fill } from "../format/texts.js";
import { createHeldReader } from "../hand/held_reader.js";
import { createCellMaps } from "../maps/cell_maps.js";
import { make, write } from "../page/elements.js";
import { createGateSums } from "../picture/gate_sums.js";
import { plainBeside } from "../picture/other_numbers.js";
import { createReader } from "../picture/signals.js";
import { createAnswers } from "./answers.js";
import { createEnding } from "./ending.js";
import { createUnitCurves } from "./unit_curves.js";

const NARROW = 393; // px of a panel in which cell and answers have no room side by side

/**
 * @param {string} cell
 * @param {import("../picture/pieces.js").Picture} picture
 * @param {object} shared
 * @param {object} shared.scale The colours of values.
 * @param {import("../viewer/view_state.js").ViewState} shared.state
 * @param {object} shared.actions
 * @param {() => ?object} shared.compared The sentence that the shown one is compared with, or null.
 */
export function createArchitectureColumn(cell, picture, { scale, state, actions, compared }) {
  const { header } = picture;
  const reader = createHeldReader(cell, picture, createReader(cell, picture), state);
  const frame = createCellFrame(cell, header, reader, scale, { state, chooseUnit: actions.chooseUnit });
  const beside = () => compared()?.signals[cell] ?? plainBeside(picture, cell);
  const curves = createUnitCurves(cell, picture, scale, beside);
  const maps = createCellMaps(cell, picture, { scale, state, actions, beside });
  const ending = createEnding(cell, picture);
  const name = make("strong", { text: header.texts.cells[cell] });
  const title = drawTitle(cell, header, name, ending);
  const answers = createBothAnswers(cell, picture, createAnswers(cell, picture), title, compared);
  const element = layOut(cell, header, { title, frame, answers, maps, curves });
  return {
    element,
    putUnderTitle: (line) => line && element.firstChild.after(line),
    reader: createUnitReader(cell, picture, reader),
    paint: maps.draw,
    isPlain: maps.isPlain,
    figure: maps.figure,
    beat: (beat) => {
      element.classList.toggle("beating", beat !== null);
      frame.beat(beat);
    },
    draw: () => {
      element.classList.toggle("shown", state.shown === cell); // first, because what a phone does not show has no size
      element.classList.toggle("narrow", element.clientWidth < NARROW);
      frame.draw();
      maps.draw();
      curves.draw(state.whole ? null : state.unit, state.start);
      answers.draw();
      ending.draw();
    },
    light: (lit) => {
      const signal = lit && (lit.cell ?? cell) === cell ? lit.signal : null;
      for (const node of element.querySelectorAll("[data-node], .curve")) node.classList.toggle("lit", (node.dataset.node ?? node.dataset.curve) === signal);
      maps.light(signal);
    },
    show: () => {
      const { step, unit, whole, start, veiled } = state;
      write(name, whole ? header.texts.cells[cell] : fill(header.texts.unit_of, { cell: header.texts.cells[cell], unit }));
      frame.show();
      answers.show(state);
      if (!whole) curves.show(step, start, veiled);
      maps.show();
    },
  };
}

function drawTitle(cell, header, name, ending) {
  const caption = header.captions[cell];
  return make("div", {
    className: `panel-title ${cell}`,
    attributes: { title: caption },
    children: [make("span", { className: "mark" }), name, make("span", { className: "caption", text: caption }), ...ending.elements],
  });
}

function layOut(cell, { texts }, { title, frame, answers, maps, curves }) {
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
