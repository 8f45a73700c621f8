// A network unrolled over a sentence: the same cells at every step, with the shape of what runs along every arrow.

import { glyph } from "../format/texts.js";
import { makeSvg, makeSvgText } from "../page/elements.js";

const CELL = { width: 78, height: 30 };
const ROW = 62; // px from one row of cells to the next
const EDGE = 74; // px for the states at the two ends
const FOOT = 66; // px for the tokens and what is read of them
const HEAD = 44; // px for the output

/**
 * @param {object} module That of computed/hood/shapes.py.
 * @param {object[]} tokens
 * @param {(number|null)[]} steps Which are drawn.
 * @param {{step: number, width: number, isBatched: boolean, names: object}} how
 */
export function drawUnrolled(module, tokens, steps, how) {
  const rows = module.layers * module.directions;
  const height = HEAD + rows * ROW + FOOT;
  const gap = (how.width - 2 * EDGE) / steps.length;
  const plan = {
    ...how, module, tokens, height, gap,
    x: (column) => EDGE + (column + 0.5) * gap,
    y: (row) => height - FOOT - (row + 0.5) * ROW,
    last: tokens.length - 1,
    shape: (size) => (how.isBatched ? `1×${size}` : String(size)),
  };
  const columns = steps.flatMap((step, column) => (step === null ? [drawGap(column, plan, rows)] : drawColumn(step, column, plan)));
  const along = Array.from({ length: rows }, (_, row) => drawAlong(row, steps, plan)).flat();
  return makeSvg("svg", { class: "hood-unrolled", viewBox: `0 0 ${how.width} ${height}`, width: how.width, height, role: "img", "aria-label": how.names.drawing }, [...along, ...columns]);
}

function drawGap(column, { x, y }, rows) {
  return makeSvg("g", { class: "gap" }, Array.from({ length: rows }, (_, row) => makeSvgText("⋯", { x: x(column), y: y(row) + 5, "text-anchor": "middle" })));
}

/** One step: the token, what is read of it, the cells of all rows, and the output. */
function drawColumn(step, column, plan) {
  const { module, tokens, x, y, height, shape } = plan;
  const { directions, layers, units, width } = module;
  const at = x(column);
  const foot = height - FOOT;
  const shown = glyph(tokens[step].text);
  const parts = [
    makeSvgText(shown.length > 9 ? `${shown.slice(0, 8)}…` : shown, { class: step === plan.step ? "token current" : "token", x: at, y: height - 8, "text-anchor": "middle" }),
    makeSvg("rect", { class: "read", "data-tensor": "input", x: at - 20, y: foot + 24, width: 40, height: 16, rx: 3 }),
    makeSvgText("x", { class: "symbol", x: at, y: foot + 36, "text-anchor": "middle" }),
  ];
  for (let layer = 0; layer < layers; layer++) {
    const below = layer ? y(layer * directions - 1) - CELL.height / 2 : foot + 24;
    parts.push(...arrow(at, below, y(layer * directions) + CELL.height / 2, shape(layer ? directions * units : width)));
    for (let direction = 0; direction < directions; direction++) parts.push(drawCell(layer, direction, step, at, plan));
    if (directions > 1) parts.push(...around(at, below, y(layer * directions), y(layer * directions + 1)));
  }
  const top = y(layers * directions - 1) - CELL.height / 2;
  return [...parts, ...arrow(at, top, HEAD - 12, shape(directions * units)), drawOutput(at, plan)];
}

/** With two directions: what is read goes past the forward cell to the reverse one, and the forward state past the reverse cell. */
function around(x, below, forward, reverse) {
  const [side, half] = [CELL.width / 2 + 5, CELL.height / 2];
  const entry = (below + forward + half) / 2;
  return [
    makeSvg("path", { class: "beside", d: `M${x} ${entry}H${x + side}V${reverse + half + 9}H${x}V${reverse + half}` }),
    makeSvg("path", { class: "beside", d: `M${x} ${forward - half}v-6H${x - side}V${reverse - half - 9}H${x}` }),
  ];
}

function arrow(x, from, to, label) {
  return [
    makeSvg("path", { class: "arrow", d: `M${x} ${from}V${to + 5}` }),
    makeSvg("path", { class: "head", d: `M${x - 4} ${to + 6}L${x} ${to}L${x + 4} ${to + 6}z` }),
    makeSvgText(label, { class: "shape", x: x + 6, y: (from + to) / 2 + 6 }),
  ];
}

function drawCell(layer, direction, step, x, { module, y, names, last }) {
  const row = layer * module.directions + direction;
  const top = y(row) - CELL.height / 2;
  const isEnd = step === (direction ? 0 : last);
  const isTop = layer === module.layers - 1;
  const tensors = [...(isTop ? ["output"] : []), ...(isEnd ? ["h_n", "c_n"] : [])].join(" ");
  const label = `${names.cell} l${layer}${direction ? " ←" : module.directions > 1 ? " →" : ""}`;
  return makeSvg("g", { class: "unrolled-cell", "data-row": row, "data-tensor": tensors, tabindex: step === 0 ? 0 : -1 }, [
    makeSvg("rect", { x: x - CELL.width / 2, y: top, width: CELL.width, height: CELL.height, rx: 6 }),
    makeSvgText(label, { x, y: y(row) + 4.5, "text-anchor": "middle" }),
  ]);
}

function drawOutput(x, { names }) {
  return makeSvg("g", { "data-tensor": "output" }, [
    makeSvg("rect", { class: "read", x: x - 32, y: HEAD - 30, width: 64, height: 16, rx: 3 }),
    makeSvgText(names.output, { class: "name", x, y: HEAD - 18, "text-anchor": "middle" }),
  ]);
}

/** What runs along one row: the state from step to step, from h_0 at one end to the row of h_n at the other. */
function drawAlong(row, steps, { module, x, y, gap, width, shape }) {
  const isReverse = module.directions > 1 && row % 2 === 1;
  const [start, end] = isReverse ? [width - EDGE, EDGE] : [EDGE, width - EDGE];
  const turn = isReverse ? -1 : 1;
  const states = module.has_cell_state ? "h, c" : "h";
  const halves = steps.length + 1;
  const parts = Array.from({ length: halves }, (_, place) => {
    const from = place === 0 ? (isReverse ? width - EDGE + 20 : EDGE - 20) : x(isReverse ? steps.length - place : place - 1) + turn * (CELL.width / 2);
    const to = place === steps.length ? end + turn * 20 : x(isReverse ? steps.length - 1 - place : place) - turn * (CELL.width / 2);
    return makeSvg("g", { class: place === steps.length ? "last" : "" }, [
      makeSvg("path", { class: "arrow", d: `M${from} ${y(row)}H${to - turn * 5}` }),
      makeSvg("path", { class: "head", d: `M${to - turn * 6} ${y(row) - 4}L${to} ${y(row)}L${to - turn * 6} ${y(row) + 4}z` }),
      ...(gap - CELL.width > 22 ? [makeSvgText(shape(module.units), { class: "shape", x: (from + to) / 2, y: y(row) - 6, "text-anchor": "middle" })] : []),
    ]);
  });
  const names = ["h_n", ...(module.has_cell_state ? ["c_n"] : [])].map((name, at) => makeSvgText(`${name}[${row}]`, { class: "name", "data-tensor": name, x: end + turn * 24, y: y(row) + (module.has_cell_state ? at * 15 - 3 : 4), "text-anchor": isReverse ? "end" : "start" }));
  return [...parts, makeSvgText(`${states} = 0`, { class: "caption", x: start - turn * 24, y: y(row) + 4, "text-anchor": isReverse ? "start" : "end" }), ...names];
}
