// The cells as the papers draw them, live: a gate is a valve that is as open as its value, a wire is as thick as what
// flows. In all three time runs from left to right, and the input comes from below.

import { makeSvg } from "../page/elements.js";
import { createParts } from "./diagram_parts.js";
import { drawGru } from "./gru_drawing.js";
import { drawLstm } from "./lstm_drawing.js";
import { drawRnn } from "./rnn_drawing.js";

const DRAWINGS = { rnn: drawRnn, lstm: drawLstm, gru: drawGru };

/**
 * A cell's diagram; it is empty until it gets a size.
 * @returns {{element: SVGElement, resize: (size: import("./drawing_size.js").Size) => void, show: (flows: object) => void,
 *   pulse: (ms: number, beat?: string) => void}} `show(flows)` draws the flows of flows.js. `pulse` runs a light along the
 *   wires, or along those of one beat.
 */
export function createDiagram(cell, header) {
  const element = makeSvg("svg", { class: "cell", role: "group", "aria-label": header.texts.cells[cell], "data-cell": cell });
  let drawn = null; // {width, height, wires, show}
  let shown = null; // flows
  return {
    element,
    resize: (size) => {
      if (drawn?.width === size.width && drawn.height === size.height) return;
      const layers = { wires: makeSvg("g", { class: "wires" }), nodes: makeSvg("g", { class: "nodes" }) };
      const parts = createParts(cell, layers, header);
      const show = DRAWINGS[cell]({ ...parts, squash: header.squashes[cell] }, size);
      element.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
      element.replaceChildren(layers.wires, layers.nodes);
      drawn = { width: size.width, height: size.height, wires: parts.wires, show };
      if (shown) show(shown);
    },
    show: (flows) => {
      shown = flows;
      drawn?.show(flows);
    },
    pulse: (duration, beat) => {
      for (const { pulse, beats } of drawn?.wires ?? []) if (!beat || beats.includes(beat)) pulse(duration);
    },
  };
}
