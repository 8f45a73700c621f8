// The chart of the gradient curves, drawn once more to be saved, with the names of its curves.

import { makeSvg, makeSvgText } from "../page/elements.js";
import { MARKERS, strokeOf } from "./curve_marks.js";
import { drawLogChart, GRID } from "./log_chart.js";
import { widthOf } from "./text_width.js";

const SIZE = { width: 960, height: 340 };
const LEGEND_ROW = 22;
const LEFT = 62;

/** @returns {{width: number, height: number, body: SVGElement}} `what` is as drawLogChart takes it. */
export function drawSavedChart(what, palettes) {
  const colours = palettes.light.cell;
  const legend = drawLegend(what.curves, colours);
  const chart = drawLogChart(what, { ...SIZE, colours, grid: GRID.light });
  chart.body.setAttribute("transform", `translate(0 ${legend.height})`);
  return { width: SIZE.width, height: legend.height + chart.height, body: makeSvg("g", {}, [chart.body, legend.element]) };
}

/** The names of the curves, in as many rows as they need. */
function drawLegend(curves, colours) {
  const element = makeSvg("g", { transform: `translate(${LEFT} 0)` });
  let [x, row] = [0, 0];
  for (const curve of curves) {
    const length = 44 + widthOf(curve.label, 14) + 18;
    if (x && x + length > SIZE.width - LEFT) [x, row] = [0, row + 1];
    const [y, colour] = [10 + row * LEGEND_ROW, colours[curve.cell]];
    element.append(
      makeSvg("path", { d: `M${x} ${y}h34`, stroke: colour, ...strokeOf(curve) }),
      ...(curve.stroke ? [] : [makeSvg("path", { d: MARKERS[curve.cell](x + 17, y, 3.6), fill: colour, stroke: colour })]),
      makeSvgText(curve.label, { x: x + 42, y: y + 5, "font-size": 14 }),
    );
    x += length;
  }
  return { element, height: (row + 1) * LEGEND_ROW + 8 };
}
