// A wire of a diagram: it turns at right angles and ends in an arrowhead. It is as thick as what flows. All units together
// are two strands, side by side: what is above zero and what is below.

import { makeSvg } from "../page/elements.js";

const THIN = 1.6;
const THICK = 5.4; // what is added where a signal is at its limit
const HEAD = { length: 6.5, width: 3.4 };
const PULSE = 22; // percent of the wire's length that is lit

/** Points moved sideways by `distance`: to the left of where the wire goes. */
export function shifted(points, distance) {
  const normals = points.slice(1).map(([x, y], index) => {
    const [dx, dy] = [x - points[index][0], y - points[index][1]];
    const length = Math.hypot(dx, dy) || 1;
    return [dy / length, -dx / length];
  });
  return points.map(([x, y], index) => {
    const [before, after] = [normals[index - 1] ?? normals[index], normals[index] ?? normals[index - 1]];
    const reach = distance / (1 + before[0] * after[0] + before[1] * after[1]);
    return [x + reach * (before[0] + after[0]), y + reach * (before[1] + after[1])];
  });
}

/** The strands of an amount as {middle, width, colour}: how far each lies beside the wire, to the left. */
export function strandsOf({ size, strands }) {
  const width = THIN + THICK * Math.min(1, Math.abs(size) || 0);
  let edge = width / 2;
  return strands.map(({ share, colour }) => {
    const middle = edge - (share * width) / 2;
    edge -= share * width;
    return { middle, width: share * width, colour };
  });
}

const pathOf = (points) => "M" + points.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`).join("L");

/**
 * Draw a wire through `points`.
 * @returns {{elements: SVGElement[], show: Function, pulse: Function}} `show(amount)` draws what flows: {size, strands}, where
 *   size is a share of the signal's limit and a strand {share, colour}. `pulse(ms)` runs a light along it.
 */
export function createWire(points, kind = "") {
  const end = points.at(-1);
  const from = points.at(-2);
  const length = Math.hypot(end[0] - from[0], end[1] - from[1]);
  const along = [(end[0] - from[0]) / length, (end[1] - from[1]) / length];
  const line = [...points.slice(0, -1), [end[0] - along[0] * HEAD.length * 0.8, end[1] - along[1] * HEAD.length * 0.8]];
  const casing = makeSvg("path", { class: "casing", d: pathOf(line) });
  const strands = [0, 1].map(() => makeSvg("path", { class: "wire" }));
  const head = makeSvg("path", { class: "head" });
  const light = makeSvg("path", { class: "pulse", d: pathOf(line), pathLength: 100 });
  const group = makeSvg("g", { class: `flow ${kind}`.trim() }, [casing, ...strands, head, light]);
  function show(amount) {
    const shown = strandsOf(amount);
    const width = THIN + THICK * Math.min(1, Math.abs(amount.size) || 0);
    casing.style.strokeWidth = (width + 1.6).toFixed(2);
    light.style.strokeWidth = (width + 1).toFixed(2);
    strands.forEach((strand, index) => {
      const { middle, width: wide, colour } = shown[index] ?? { middle: 0, width: 0 };
      strand.setAttribute("d", pathOf(middle ? shifted(line, middle) : line));
      strand.style.strokeWidth = wide.toFixed(2);
      strand.style.stroke = colour ?? "";
      strand.style.visibility = wide > 0.05 ? "" : "hidden";
    });
    head.setAttribute("d", headOf(end, along, Math.max(HEAD.width, width / 2 + 1.8)));
    head.style.fill = shown.reduce((most, strand) => (strand.width > most.width ? strand : most), { width: 0 }).colour ?? "";
  }
  return { group, show, pulse: (duration) => runLight(light, duration) };
}

function headOf([x, y], [dx, dy], wide) {
  const [backX, backY] = [x - dx * HEAD.length, y - dy * HEAD.length];
  return `${pathOf([[x, y], [backX - dy * wide, backY + dx * wide], [backX + dy * wide, backY - dx * wide]])}Z`;
}

/** `pathLength` is 100, so that offsets are percent. */
function runLight(light, duration) {
  const shown = { strokeDasharray: `${PULSE} 300`, visibility: "visible" };
  light.animate([{ ...shown, strokeDashoffset: PULSE }, { ...shown, strokeDashoffset: -100 }], { duration, easing: "linear" });
}
