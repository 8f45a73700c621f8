// A cell's weights as areas: a row for each unit of each gate, a column for each number that it weighs, and two for the biases.

import { makeSvg, makeSvgText } from "../page/elements.js";
import { fill } from "../format/texts.js";

const LEFT = 22; // px of the gates' letters
const TOP = 20; // px of the columns' names
const GAP = 3; // px between W, U and the biases

/**
 * @param {number} scale Px a row and a column.
 * @param {?{isChosen: Function, choose: Function}} choice Which matrix is looked at, by its side and its gate's signal; null for a
 *   cell that is not the chosen one.
 */
export function drawAreas({ cell, gates, units, width }, scale, texts, choice) {
  const [high, narrow] = [units * scale, Math.max(1, scale)];
  const sides = [
    { side: "inputs", letter: "W", x: LEFT, wide: width * scale, columns: width },
    { side: "recurrent", letter: "U", x: LEFT + width * scale + GAP, wide: units * scale, columns: units },
  ];
  const biases = LEFT + (width + units) * scale + 2 * GAP;
  const total = { width: biases + 2 * narrow + GAP + 8, height: TOP + gates.length * high + 2 };
  const rows = gates.flatMap(({ signal, symbol }, at) => {
    const y = TOP + at * high;
    const areas = sides.map((one) => makeArea(one, { symbol, signal, y, high, units, texts, choice }));
    const bias = [0, 1].map((which) => makeSvg("rect", { class: "hood-area bias", x: biases + which * (narrow + GAP), y, width: narrow, height: high - 1 }));
    return [makeSvgText(symbol, { class: "symbol", x: LEFT - 8, y: y + high / 2 + 5, "text-anchor": "end" }), ...areas, ...bias];
  });
  const names = [...sides.map(({ letter, x, wide }) => makeSvgText(letter, { class: "symbol", x: x + wide / 2, y: TOP - 6, "text-anchor": "middle" })), makeSvgText("b", { class: "symbol", x: biases + narrow, y: TOP - 6, "text-anchor": "middle" })];
  return makeSvg("svg", { class: "hood-areas", "data-areas": cell, viewBox: `0 0 ${total.width} ${total.height}`, width: total.width, height: total.height, role: "group", "aria-label": texts.areas }, [...names, ...rows]);
}

function makeArea({ side, letter, x, wide, columns }, { symbol, signal, y, high, units, texts, choice }) {
  const label = fill(texts.block, { name: `${letter}_${symbol}`, rows: units, columns, count: (units * columns).toLocaleString("en") });
  const button = choice ? { tabindex: 0, role: "button", "aria-label": label, "aria-pressed": choice.isChosen(side, signal) } : {};
  const area = makeSvg("rect", { class: `hood-area ${side}`, x, y, width: wide, height: high - 1, "data-side": side, "data-gate": signal, ...button }, [makeSvgText(label, {}, "title")]);
  if (!choice) return area;
  const choose = () => {
    choice.choose(side, signal);
    for (const each of area.ownerSVGElement.querySelectorAll("[aria-pressed]")) each.setAttribute("aria-pressed", each === area);
  };
  area.addEventListener("click", choose);
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose();
  });
  return area;
}
