// The colours of gates and of states, with their ends.

import { MINUS } from "../format/numbers.js";
import { make } from "../page/elements.js";

/** @param {{gate: string[], state: string[]}} palette Of the theme. */
export function makeScaleLegend(palette, texts) {
  const text = (words) => make("span", { text: words });
  const bar = (stops) => make("span", { className: "legend-bar", attributes: { style: `background: linear-gradient(to right, ${stops.join(",")})` } });
  const part = (name, low, stops, high) => make("span", { className: "legend", children: [text(name), text(low), bar(stops), text(high)] });
  return [part(texts.gates, "0", palette.gate, "1"), part(texts.states, `${MINUS}1`, palette.state, "1")];
}
