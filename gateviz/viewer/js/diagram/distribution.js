// How a signal's values are spread over the units at one step: bars, as high as there are units, in the colours of the values.

import { decimals } from "../format/numbers.js";
import { fill } from "../format/texts.js";
import { make, makeSvg } from "../page/elements.js";
import { isGate, rangeOf, summaryOf } from "../picture/signals.js";
import { countGate, countsText } from "./gate_counts.js";

const BARS = 20;
const PLOT = { width: 240, height: 46 };

/** How many values lie in each of so many equal parts of a range; those beyond an end count there. */
export function spread(values, [low, high], parts = BARS) {
  const counts = Array.from({ length: parts }, () => 0);
  for (const value of values) counts[Math.max(0, Math.min(parts - 1, Math.floor(((value - low) / (high - low)) * parts)))] += 1;
  return counts;
}

/** The bars, and in words how many there are of what. */
export function makeDistribution(header, scale, signal, values) {
  const range = rangeOf(header, signal);
  const counts = spread(values, range);
  const ofGate = isGate(header, signal);
  const text = (ofGate ? gateWords : stateWords)(header, signal, values);
  return make("div", { className: "distribution", children: [
    drawBars(counts, range, (value) => scale.css(signal, value)),
    make("div", { className: "distribution-words", text }),
    ...(ofGate ? [] : [make("div", { className: "caption", text: header.texts.wire_words })]),
  ] });
}

function drawBars(counts, [low, high], css) {
  const [wide, most] = [PLOT.width / counts.length, Math.max(1, ...counts)];
  const bars = counts.map((count, index) => {
    const height = (PLOT.height * count) / most;
    return makeSvg("rect", {
      x: index * wide + 0.5, width: wide - 1, y: PLOT.height - height, height, class: "bar", "data-count": count,
      fill: css(low + ((index + 0.5) / counts.length) * (high - low)),
    });
  });
  const drawing = makeSvg("svg", { viewBox: `0 0 ${PLOT.width} ${PLOT.height}`, preserveAspectRatio: "none", "aria-hidden": "true" }, [
    ...bars,
    makeSvg("path", { d: `M0 ${PLOT.height}h${PLOT.width}`, class: "axis" }),
  ]);
  const ticks = [low, ...(low < 0 ? [0] : []), high].map((value) => make("span", { text: decimals(value, 0) }));
  return make("div", { children: [drawing, make("div", { className: "distribution-ticks", children: ticks })] });
}

function gateWords(header, signal, values) {
  return fill(header.texts.gate_words, { counts: countsText(header.texts, countGate(values)), mean: decimals(summaryOf(header, signal, values), 2) });
}

function stateWords(header, signal, values) {
  const above = values.filter((value) => value > 0).length;
  const below = values.filter((value) => value < 0).length;
  return fill(header.texts.state_words, { above, below, size: decimals(summaryOf(header, signal, values), 2) });
}
