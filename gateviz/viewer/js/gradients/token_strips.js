// The Gradients page: how fast each network's gradient halves, and the sentence with each token the stronger
// in colour, the larger dL/dx. A click on a token, or a key, puts the loss there.

import { scientific } from "../format/numbers.js";
import { fill } from "../format/texts.js";
import { make, makeSvg } from "../page/elements.js";
import { followLecture } from "../page/lecture_mode.js";
import { createMount } from "../page/mounts.js";
import { themeOf } from "../page/theme.js";
import { makeTokenBox } from "../sentence/token_box.js";
import { frameFigure, saveWhenAsked } from "../take_away/figure_files.js";
import { MARKERS, strokeOf } from "./curve_marks.js";
import { DECADES, largestNorm, shadeOf } from "./gradient_numbers.js";
import { drawLasting } from "./lasting.js";
import { drawChart } from "./saved_chart.js";
import { drawTokens } from "./saved_tokens.js";

export default createMount(createTokenStrips);

function createTokenStrips(parent) {
  const root = make("div", { attributes: { "data-gateviz": "saliency" } });
  let data = null;
  parent.append(root);
  const ends = [
    followLecture((on) => root.toggleAttribute("data-lecture", on)),
    saveWhenAsked(({ kind }) => drawFigure(kind, data)),
  ];
  return {
    receive(options) {
      data = options.data;
      const { step, tokens } = data;
      drawStrips(root, data, (wanted) => {
        if (wanted >= 0 && wanted < tokens.length && wanted !== step) options.setTriggerValue("loss_step", wanted);
      });
    },
    dispose() {
      for (const end of ends) end();
      root.remove();
    },
  };
}

/** A figure to be saved, "gradient_curves" or "saliency"; null for another kind. */
function drawFigure(kind, data) {
  const draw = { gradient_curves: drawChart, saliency: drawTokens }[kind];
  if (!draw) return null;
  const place = fill(data.texts.saved_at, { step: data.step + 1, steps: data.tokens.length });
  return frameFigure(draw(data), data.titles.figure, [data.titles.task, place]);
}

function drawStrips(root, data, moveLoss) {
  root.dataset.steps = data.tokens.length;
  root.dataset.lossStep = data.step;
  document.documentElement.dataset.gatevizStrips = "drawn"; // the page need not keep their place free any longer
  const colours = data.palettes[themeOf(root)].cell;
  for (const [cell, colour] of Object.entries(colours)) root.style.setProperty(`--${cell}`, colour);
  const largest = largestNorm(data.networks);
  const cells = [...new Set(data.networks.map((network) => network.cell))];
  const focused = [...root.querySelectorAll(".saliency")].findIndex((row) => row.contains(root.getRootNode().activeElement));
  root.replaceChildren(
    make("p", { className: "line", text: data.line }),
    make("div", {
      className: "panels",
      attributes: { style: `--columns:${cells.length}` },
      children: cells.map((cell) => drawColumn(cell, data, largest, moveLoss)),
    }),
    make("div", { className: "caption", text: fill(data.texts.scale, { largest: scientific(largest), smallest: scientific(largest / 10 ** DECADES) }) }),
    drawCurveNames(data),
  );
  root.querySelectorAll(".saliency")[focused]?.querySelector(".loss")?.focus({ preventScroll: true }); // the keys go on working
}

function drawColumn(cell, data, largest, moveLoss) {
  const { texts } = data;
  const title = make("div", {
    className: `panel-title ${cell}`,
    children: [make("span", { className: "mark" }), make("strong", { text: texts.cells[cell] })],
  });
  const networks = data.networks.filter((network) => network.cell === cell);
  return make("section", {
    className: "panel",
    attributes: { "aria-label": texts.cells[cell], "data-panel": cell },
    children: [title, ...networks.flatMap((network) => [drawLasting(network, texts), drawStrip(network, data, largest, moveLoss)])],
  });
}

/** Which curve of the chart below is which, for lecture mode: Plotly's own legend has one size only. */
function drawCurveNames({ curves, titles }) {
  const names = curves.map((curve) => {
    const colour = `var(--${curve.cell})`;
    const line = makeSvg("svg", { viewBox: "0 0 44 16", "aria-hidden": "true" }, [
      makeSvg("path", { d: "M0 8h44", style: `stroke: ${colour}`, ...strokeOf(curve) }),
      makeSvg("path", { d: MARKERS[curve.cell](22, 8, 4.5), style: `stroke: ${colour}; fill: ${curve.is_untrained ? "var(--page)" : colour}`, "stroke-width": 1.5 }),
    ]);
    return make("span", { className: "curve-name", children: [line, make("span", { text: curve.label })] });
  });
  return make("div", { className: "curve-names", children: [make("span", { className: "caption", text: titles.norms }), ...names] });
}

/** The sentence, coloured by one network's gradients. */
function drawStrip(network, data, largest, moveLoss) {
  const boxes = data.tokens.map((token, step) => {
    const [isLoss, norm] = [step === data.step, network.inputs[step]];
    const box = makeTokenBox(token, step, {
      classes: isLoss ? " loss" : "",
      attributes: {
        tabindex: isLoss ? "0" : "-1", "data-value": norm, "aria-pressed": String(isLoss),
        title: fill(data.texts.token_title, { step: step + 1, value: scientific(norm) }),
      },
    });
    box.style.background = `color-mix(in srgb, var(--${network.cell}) ${(100 * shadeOf(norm, largest)).toFixed(1)}%, transparent)`;
    box.addEventListener("click", () => moveLoss(step));
    return box;
  });
  const row = make("div", { className: "tokens saliency", attributes: { role: "group", "aria-label": data.texts.strip }, children: boxes });
  const keys = { ArrowLeft: data.step - 1, ArrowRight: data.step + 1, Home: 0, End: data.tokens.length - 1 };
  row.addEventListener("keydown", (event) => {
    if (!(event.key in keys)) return;
    event.preventDefault();
    moveLoss(keys[event.key]);
  });
  return row;
}
