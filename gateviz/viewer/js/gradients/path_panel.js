// The way that one cell's gradient took: its derivative by each earlier state, the direct path through the gates that keep,
// and the rest.

import { make, write } from "../page/elements.js";
import { createChartPanel } from "./chart_panel.js";
import { ticksOf } from "./sentence_curves.js";

const HEIGHT = 190; // px
const STROKES = { total: null, direct: "7 4", rest: "1.5 3.5" };

/** `show` draws the paths that end at the step of the loss, as computed/gradient_paths.py found them. */
export function createPathPanel(cell, { texts, palettes }) {
  const chart = createChartPanel({ height: HEIGHT, label: texts.paths_alt, palettes });
  const names = { total: texts.path_total, direct: texts.path_direct, rest: texts.path_rest };
  const words = make("p", { className: "path-words", text: "" });

  function show({ paths, tokens, step, titles }) {
    const { parts, line } = paths[cell];
    const curves = Object.entries(parts).map(([part, norms]) => ({ cell, label: names[part], norms, stroke: STROKES[part] }));
    chart.show({ curves, ticks: ticksOf(tokens), titles: { ...titles, norms: texts.path_norm } }, step);
    write(words, line);
  }
  return { element: make("div", { className: "path", children: [chart.element, words] }), show, dispose: chart.dispose };
}
