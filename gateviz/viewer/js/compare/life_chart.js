// How long the difference of two sentences lives in each cell: the norm of the difference of its states over the steps, on one
// logarithmic axis, above which each has its number at the cursor.

import { exactText, powerOfTen, scientific } from "../format/numbers.js";
import { MARKERS, strokeOf } from "../gradients/curve_marks.js";
import { stepTicks } from "../maps/step_ticks.js";
import { MARGIN } from "../maps/map_size.js";
import { make, makeSvg, write } from "../page/elements.js";

const FLOOR = 1e-6; // below it is the rounding of single precision
const HEIGHT = 100; // of the plot's own units; the style sheet says how high it stands
const MOST_TICKS = 5;

/**
 * @param {object} header
 * @param {Object<string, string[]>} states The signals of each architecture that have a line, by cell.
 * @returns {{element: HTMLElement, draw: (lives: object[]) => void, show: (step: number) => void}} `lives` as livesOf() gives them.
 */
export function createLifeChart(header, states) {
  const { compare: say } = header.texts;
  const steps = header.tokens.length;
  const keys = Object.fromEntries(header.cells.map((cell) => [cell, makeKey(cell, states[cell], header)]));
  const plot = makeSvg("svg", { class: "life-plot", viewBox: `0 0 ${steps} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const ends = make("div", { className: "life-ends", attributes: { "aria-hidden": "true" } }); // markers, which must not be stretched
  const powers = make("div", { className: "life-powers", attributes: { "aria-hidden": "true" } });
  const cursor = make("div", { className: "curve-cursor" });
  const ticks = stepTicks(steps).map((step) => make("span", { text: String(step + 1), attributes: { style: `left:${place(step, steps)}%` } }));
  const element = make("figure", {
    className: "life",
    attributes: { style: `--left:${MARGIN.left}px;--right:${MARGIN.right}px` },
    children: [
      make("figcaption", { className: "map-title", children: [make("i", { text: "‖Δ‖" }), make("span", { className: "map-name", text: say.life })] }),
      make("div", { className: "life-field", children: [powers, plot, ends, cursor] }),
      make("div", { className: "map-ticks life-ticks", children: ticks }),
      make("div", { className: "life-keys", children: Object.values(keys).map((key) => key.element) }),
    ],
  });
  let lines = [];

  function draw(lives) {
    if (lives === lines) return;
    const axis = createAxis(lives);
    lines = lives;
    plot.replaceChildren(...axis.powers.map((power) => makeSvg("path", { class: "life-grid", d: `M0 ${axis.y(10 ** power)}H${steps}` })), ...lives.map((life) => drawLine(life, axis)));
    powers.replaceChildren(...axis.powers.map((power) => make("span", { text: powerOfTen(power), attributes: { style: `top:${axis.y(10 ** power)}%` } })));
    ends.replaceChildren(...lives.filter(({ life }) => life).map((life) => drawEnd(life, axis, steps)));
  }
  function show(step) {
    cursor.style.left = `${place(step, steps)}%`;
    for (const { cell, signal, norms } of lines) {
      const number = keys[cell].numbers[signal];
      write(number, sizeText(norms[step]));
      number.dataset.value = exactText(norms[step]);
    }
  }
  return { element, draw, show };
}

/** Where a step stands, in percent of the width. */
function place(step, steps) {
  return (100 * (step + 0.5)) / steps;
}

/** A norm as it is read: 12.3, 0.45, 3·10⁻⁴; a dash where a step has no counterpart. */
function sizeText(norm) {
  if (!Number.isFinite(norm)) return "–";
  if (norm === 0) return "0";
  if (norm < FLOOR) return `<${powerOfTen(Math.log10(FLOOR))}`;
  return norm >= 10 ? norm.toFixed(1) : norm >= 0.01 ? norm.toFixed(2) : scientific(norm, 0);
}

/** From norms to heights, in percent from the top; the powers of ten that have a line. */
function createAxis(lives) {
  const known = lives.flatMap(({ norms }) => [...norms].filter((norm) => norm > 0));
  const low = Math.floor(Math.log10(Math.max(FLOOR, Math.min(1, ...known)))) - (Math.min(...known) < FLOOR ? 0.3 : 0);
  const high = Math.max(low + 1, Math.log10(Math.max(FLOOR, ...known)) + 0.15);
  const y = (norm) => (HEIGHT * (high - Math.log10(Math.max(norm, 10 ** low)))) / (high - low);
  const every = Math.ceil((high - low) / MOST_TICKS);
  const powers = [];
  for (let power = Math.floor(high / every) * every; power >= low; power -= every) powers.push(power);
  return { y, powers };
}

/** A line from its first difference on; it breaks where a step has no counterpart. */
function drawLine({ cell, signal, norms, life }, { y }) {
  let isDown = false;
  const points = [...norms].map((norm, step) => {
    const isThere = Number.isFinite(norm) && life !== null && (norm > 0 || isDown);
    const point = isThere ? `${isDown ? "L" : "M"}${step + 0.5} ${y(norm).toFixed(2)}` : "";
    isDown = isThere;
    return point;
  });
  const stroke = strokeOf({ is_cell_state: signal === "cell_state" });
  return makeSvg("path", { class: "life-line", d: points.join(""), fill: "none", stroke: `var(--${cell})`, "vector-effect": "non-scaling-stroke", ...stroke, "stroke-width": 2, "data-life": `${cell}.${signal}` });
}

/** The architecture's mark at the last difference; below the floor of the axis a triangle that points down. */
function drawEnd({ cell, norms, life }, { y }, steps) {
  const norm = norms[life.end];
  const shape = norm < FLOOR ? "M1 2h8l-4 7z" : MARKERS[cell](5, 5, 3.6);
  return makeSvg("svg", { viewBox: "0 0 10 10", style: `left:${place(life.end, steps)}%;top:${y(norm)}%` }, [makeSvg("path", { d: shape, fill: `var(--${cell})` })]);
}

/** An architecture's mark and name, and the number of each of its states at the cursor; a dotted line is that of a cell state. */
function makeKey(cell, signals, { texts }) {
  const mark = makeSvg("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, [makeSvg("path", { d: MARKERS[cell](5, 5, 3.6), fill: `var(--${cell})` })]);
  const numbers = Object.fromEntries(signals.map((signal) => [signal, make("span", { className: "life-number", attributes: { "data-difference": signal, "data-cell": cell } })]));
  const parts = signals.flatMap((signal) => [
    make("i", { className: signal === "cell_state" ? "dotted" : "", text: texts.symbols[cell][signal], attributes: { title: texts.signals[cell][signal] } }),
    numbers[signal],
  ]);
  return { numbers, element: make("span", { className: `life-key ${cell}`, children: [mark, make("span", { text: texts.cells[cell] }), ...parts] }) };
}
