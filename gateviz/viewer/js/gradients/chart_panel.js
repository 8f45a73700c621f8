// A chart of norms on the page: the names of its curves with their numbers at one step, and the curves below.

import { scientific, scientificOf } from "../format/numbers.js";
import { make, makeSvg, write } from "../page/elements.js";
import { isLecture } from "../page/lecture_mode.js";
import { themeOf } from "../page/theme.js";
import { MARKERS, strokeOf } from "./curve_marks.js";
import { drawLogChart, GRID } from "./log_chart.js";

const COLUMN = 7; // px on each side of the step that is marked

/**
 * @param {{height: number, label: string}} how The plot's height in px, and what a screen reader calls the chart.
 * @returns {{element: HTMLElement, show: (what: object, mark: number) => void, redraw: () => void}} `what` is as drawLogChart
 *   takes it, `mark` the step of the loss. Beside the names stand the numbers at the step that one points at.
 */
export function createChartPanel({ height, label, palettes }) {
  const names = make("div", { className: "curve-names" });
  const cursor = makeSvg("g", { class: "chart-cursor" });
  const svg = makeSvg("svg", { class: "chart", role: "img", "aria-label": label });
  const element = make("div", { className: "chart-panel", children: [names, svg] });
  const state = { what: null, mark: 0, chart: null, at: null, width: 0 };

  function redraw() {
    state.width = Math.max(240, svg.parentElement.clientWidth);
    if (!state.what) return;
    const theme = themeOf(element);
    const colours = palettes[theme].cell;
    const letters = isLecture() ? Math.max(17, 0.014 * window.innerWidth) : 13;
    const chart = drawLogChart(state.what, { width: state.width, height, colours, grid: GRID[theme], letters });
    state.chart = chart;
    for (const [name, value] of Object.entries({ width: state.width, height: chart.height, viewBox: `0 0 ${state.width} ${chart.height}` })) svg.setAttribute(name, value);
    chart.body.append(drawColumn("chart-loss", chart, state.mark, height));
    svg.replaceChildren(chart.body, cursor);
    point();
  }
  function point() {
    const { what, chart, at } = state;
    cursor.replaceChildren(...(at === null ? [] : [drawColumn("chart-here", chart, at, height)]));
    writeNumbers(names, what.curves, at);
  }
  svg.addEventListener("pointermove", (event) => {
    if (!state.chart) return;
    const step = state.chart.stepAt(event.clientX - svg.getBoundingClientRect().left);
    const { ticks } = state.what;
    const next = step >= 0 && step < (ticks.length ?? ticks) ? step : null;
    if (next === state.at) return;
    state.at = next;
    point();
  });
  svg.addEventListener("pointerleave", () => {
    state.at = null;
    if (state.what) point();
  });
  function show(what, mark) {
    const isSame = state.what?.curves.length === what.curves.length && what.curves.every(({ label: name }, at) => name === state.what.curves[at].label);
    Object.assign(state, { what, mark });
    if (!isSame) names.replaceChildren(...what.curves.map(drawName));
    redraw();
  }
  const watch = new ResizeObserver(() => svg.parentElement && svg.parentElement.clientWidth !== state.width && redraw());
  watch.observe(element);
  return { element, show, redraw, dispose: () => watch.disconnect() };
}

/** Two thin lines around a step, which tint nothing. */
function drawColumn(name, { x, top }, step, height) {
  const d = [x(step) - COLUMN, x(step) + COLUMN].map((at) => `M${at.toFixed(1)} ${top}v${height}`).join("");
  return makeSvg("path", { d, class: name, fill: "none" });
}

function drawName(curve) {
  const colour = `var(--${curve.cell})`;
  const line = makeSvg("svg", { viewBox: "0 0 44 16", "aria-hidden": "true" }, [
    makeSvg("path", { d: "M0 8h44", style: `stroke: ${colour}`, ...strokeOf(curve) }),
    ...(curve.stroke ? [] : [makeSvg("path", { d: MARKERS[curve.cell](22, 8, 4.5), style: `stroke: ${colour}; fill: ${colour}`, "stroke-width": 1.5 })]),
  ]);
  return make("span", { className: "curve-name", children: [line, make("span", { text: curve.label }), make("span", { className: "curve-number", text: "" })] });
}

function writeNumbers(names, curves, step) {
  curves.forEach((curve, at) => {
    const value = step === null ? undefined : (curve.logs ?? curve.norms)[step];
    write(names.children[at].lastChild, Number.isFinite(value) ? (curve.logs ? scientificOf(value) : scientific(value)) : "");
  });
}
