// A column for each cell - what it answers, what lasts of its gradient, the sentence in the colours of dL/dx - and the curves.

import { scientific } from "../format/numbers.js";
import { fill } from "../format/texts.js";
import { make, write } from "../page/elements.js";
import { createChartPanel } from "./chart_panel.js";
import { DECADES, largestNorm } from "./gradient_numbers.js";
import { createGuessLine } from "./guess_line.js";
import { createLasting } from "./lasting.js";
import { createPathPanel } from "./path_panel.js";
import { curvesOf, ticksOf } from "./sentence_curves.js";
import { createStrip } from "./strip.js";

const CHART_HEIGHT = 236; // px

/**
 * @param {object} data What computed/gradient_figures.py packs.
 * @returns {{elements: HTMLElement[], receive: (data: object) => void, show: (networks: Network[], step: number) => void,
 *   focus: (row: Element) => void, dispose: () => void}} `receive` takes what Python found for its own loss, `show` shows a loss at
 *   any step, `focus` puts the keys on its token in that row.
 */
export function createSentencePanels(data) {
  const { networks, texts, palettes, curves: hasCurves, titles } = data;
  const columns = networks.map((network) => createColumn(network, data));
  const scale = make("div", { className: "caption", text: "" });
  const caption = make("p", { className: "caption which-gradient", text: "" });
  const chart = hasCurves ? createChartPanel({ height: CHART_HEIGHT, label: texts.alt, palettes }) : null;
  const panels = make("div", { className: "panels", attributes: { style: `--columns:${columns.length}` }, children: columns.map(({ element }) => element) });
  const ticks = ticksOf(data.tokens);

  function show(now, step) {
    const largest = largestNorm(now);
    columns.forEach((column, at) => column.show(now[at], step, largest));
    write(scale, fill(texts.scale, { largest: scientific(largest), smallest: scientific(largest / 10 ** DECADES) }));
    chart?.show({ curves: curvesOf(data, now, step), ticks, titles }, step);
  }
  function receive(sent) {
    write(caption, sent.caption);
    if (sent.paths) for (const column of columns) column.showPaths(sent);
  }
  return {
    elements: [panels, scale, ...(chart ? [chart.element] : []), caption],
    receive,
    show,
    focus: (row) => columns.find(({ strip }) => strip.element === row)?.strip.focus(),
    dispose: () => {
      chart?.dispose();
      for (const column of columns) column.dispose();
    },
  };
}

function createColumn(network, data) {
  const { cell } = network;
  const { texts } = data;
  const title = make("div", {
    className: `panel-title ${cell}`,
    children: [make("span", { className: "mark" }), make("strong", { text: texts.cells[cell] })],
  });
  const guesses = createGuessLine(cell, network.answers, data);
  const lasting = createLasting(network, data);
  const strip = createStrip(cell, data);
  const path = data.paths ? createPathPanel(cell, data) : null;
  const parts = [title, guesses.element, lasting.element, strip.element, ...(path ? [path.element] : [])];
  return {
    element: make("section", { className: "panel", attributes: { "aria-label": texts.cells[cell], "data-panel": cell }, children: parts }),
    strip,
    show: (now, step, largest) => {
      guesses.show(step);
      lasting.show(now);
      strip.show(now, step, largest);
    },
    showPaths: (sent) => path?.show(sent),
    dispose: () => path?.dispose(),
  };
}
