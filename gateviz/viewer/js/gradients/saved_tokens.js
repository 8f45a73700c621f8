// The sentence in the colours of dL/dx, drawn once more to be saved: for each network its half-lives, and each token
// the stronger in colour, the larger its gradient.

import { glyph } from "../format/texts.js";
import { makeSvg, makeSvgText } from "../page/elements.js";
import { INK, QUIET_INK } from "../take_away/figure_files.js";
import { halfLifeOf } from "./curve_numbers.js";
import { halfLifeText, largestNorm, mixWithWhite, shadeOf } from "./gradient_numbers.js";
import { fromLoss } from "./influence.js";
import { widthOf } from "./text_width.js";

const WIDTH = 760;
const EDGE = 12;
const BOX = { least: 20, padding: 6, height: 28 };

/** @returns {{width: number, height: number, body: SVGElement}} */
export function drawTokens({ networks, tokens, step: lossStep, texts, palettes, direction }) {
  const largest = largestNorm(networks);
  const children = [];
  let y = 0;
  for (const network of networks) {
    const colour = palettes.light.cell[network.cell];
    const row = drawRow(network, tokens, { top: y + 26, lossStep, shade: (norm) => mixWithWhite(colour, shadeOf(norm, largest)) });
    children.push(drawName(network, direction, texts, y + 16), row.element);
    y = row.bottom + 16;
  }
  return { width: WIDTH, height: y, body: makeSvg("g", {}, children) };
}

function drawName({ cell, states }, direction, texts, y) {
  const numbers = states.map(({ signal, norms }) => {
    const { steps } = halfLifeOf(fromLoss(norms, direction));
    return `${texts.gradients[signal]} ${steps < Infinity ? `${halfLifeText(steps)} ${texts.steps}` : texts.no_decay}`;
  });
  return makeSvg("text", { x: EDGE, y, "font-size": 15 }, [
    makeSvgText(texts.cells[cell], { "font-weight": 700 }, "tspan"),
    makeSvgText(numbers.join(" · "), { dx: 10, "font-size": 13, fill: QUIET_INK }, "tspan"),
  ]);
}

/** The tokens in as many lines as they need. */
function drawRow({ cell, inputs }, tokens, { top, lossStep, shade }) {
  const element = makeSvg("g", { "data-saliency": cell });
  let [x, y] = [EDGE, top];
  tokens.forEach(({ text }, step) => {
    const shown = glyph(text);
    const width = Math.max(BOX.least, widthOf(shown, 16) + BOX.padding);
    if (x + width > WIDTH - EDGE) [x, y] = [EDGE, y + BOX.height + 2];
    const outline = step === lossStep ? { stroke: INK, "stroke-width": 2 } : {};
    element.append(
      makeSvg("rect", { x: x.toFixed(1), y, width: width.toFixed(1), height: BOX.height, rx: 2, fill: shade(inputs[step]), ...outline }),
      makeSvgText(shown, { x: (x + width / 2).toFixed(1), y: y + 20, "text-anchor": "middle", "font-size": 16 }),
    );
    x += width + 1;
  });
  return { element, bottom: y + BOX.height };
}
