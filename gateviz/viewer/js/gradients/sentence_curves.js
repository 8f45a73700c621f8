// The curves of a sentence's gradients, as log_chart.js draws them.

import { fill, glyph } from "../format/texts.js";

/** dL/dh, and an LSTM's dL/dc, of each network; `step` is that of the loss. Where `relative`, every curve is 1 there. */
export function curvesOf({ texts, relative, direction }, networks, step) {
  const ends = direction === "reverse" ? 0 : step; // a reverse layer ends at the first token
  return networks.flatMap(({ cell, states }) =>
    states.map(({ signal, norms }) => ({
      cell,
      label: fill(texts.label, { cell: texts.cells[cell], gradient: texts.gradients[signal] }),
      is_cell_state: signal === "cell_state",
      norms: relative ? Array.from(norms, (norm) => norm / (norms[ends] || 1)) : norms,
    })),
  );
}

/** A label for each step. */
export function ticksOf(tokens) {
  return tokens.map(({ text }) => glyph(text.length > 1 ? text.trim() || text : text));
}
