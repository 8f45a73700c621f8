// One cell's diagram with the strips of its states: as large as its frame, and, while a step is played in beats, only so far
// as the beat has come.

import { rowsOf } from "../maps/map_rows.js";
import { make } from "../page/elements.js";
import { BEAT, beatFigures, BEATS, isSettled, turnAt } from "./beats.js";
import { createDiagram } from "./cell_diagrams.js";
import { sizeFor } from "./drawing_size.js";
import { createFlows } from "./flows.js";
import { createStateStrips } from "./state_strips.js";

const PULSE = 250; // ms in which a light runs along the wires
const TURNS = ["later", "now", "done"];

/**
 * @returns {object} {element, caption, draw, show, beat}: `caption` is where a beat is said in words, `beat(name)`
 *   shows the step so far, and with null whole.
 */
export function createCellFrame(cell, header, reader, scale, { state, chooseUnit }) {
  const diagram = createDiagram(cell, header);
  const strips = createStateStrips(cell, header, scale, chooseUnit);
  const element = make("div", { className: "cell-frame", children: [diagram.element, ...strips.elements] });
  const caption = createCaption();
  let step = null; // the step that is shown
  let current = null; // the beat
  const flowsNow = () => createFlows(header, reader, scale, { step: state.step, unit: state.whole ? null : state.unit });
  const mark = () => markTurns(element, cell, current);
  return {
    element,
    caption: caption.element,
    draw: () => {
      if (!element.clientWidth) return; // a phone shows one architecture
      const size = sizeFor(element.clientWidth, element.clientHeight);
      diagram.resize(size);
      strips.stand(size);
      mark();
    },
    show: () => {
      diagram.show(flowsNow());
      showStateStrips(strips, cell, header, reader, state);
      if (current) caption.show(cell, current, header, beatFigures(cell, current, flowsNow(), header, reader, state.step));
      else if (step !== null && step !== state.step && moves(element)) diagram.pulse(PULSE);
      step = state.step;
    },
    beat: (beat) => {
      current = beat;
      mark();
      if (!beat) return;
      caption.show(cell, beat, header, beatFigures(cell, beat, flowsNow(), header, reader, state.step));
      if (moves(element)) diagram.pulse(0.7 * BEAT, beat);
    },
  };
}

/** Show a step's states in the strips, in the maps' rows. */
export function showStateStrips(strips, cell, header, { at, before }, state) {
  const { step, unit, whole } = state;
  strips.show((signal, when) => (when === "before" ? before : at)(signal, step), whole ? null : unit, rowsOf(header, cell, state));
}

/** Nothing moves under a held key, or for somebody who wants no motion. */
function moves(element) {
  return !element.closest(".rapid") && !matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function markTurns(element, cell, beat) {
  for (const part of element.querySelectorAll("[data-beats]")) {
    const turn = beat && part.dataset.beats ? turnAt(part.dataset.beats.split(" "), beat) : null;
    for (const name of TURNS) part.classList.toggle(name, name === turn);
  }
  for (const canvas of element.querySelectorAll("[data-strip][data-when=now]")) {
    canvas.classList.toggle("later", beat !== null && !isSettled(cell, canvas.dataset.strip, beat));
  }
}

function createCaption() {
  const count = make("div", { className: "caption" });
  const sentence = make("div", { className: "beat-sentence" });
  const figures = make("div", { className: "beat-figures" });
  const element = make("div", { className: "beat-caption", attributes: { role: "status" }, children: [count, sentence, figures] });
  const show = (cell, beat, { texts }, lines) => {
    count.textContent = `${BEATS.indexOf(beat) + 1}/${BEATS.length} ${texts.beat_texts[beat]}`;
    sentence.textContent = texts.beat_texts[`${cell}.${beat}`];
    figures.replaceChildren(...lines.map((line) => make("div", { text: line })));
    element.dataset.beat = beat;
  };
  return { element, show };
}
