// The legend: the colours of gates, states and surprise, with their ends.

import { MINUS } from "../format/numbers.js";
import { fill } from "../format/texts.js";
import { make, write } from "../page/elements.js";

const UNBOUNDED = [["cell_state", "c"], ["hidden_state", "h"]]; // states that may be larger than 1

export function createLegend({ texts, limits, palettes, surprise, most_bits: mostBits }) {
  const large = UNBOUNDED.filter(([signal]) => (limits[signal] ?? 1) !== 1).map(([signal, symbol]) => `${symbol}: ±${limits[signal]}`);
  const states = texts.legend_states + (large.length ? fill(texts.legend_wide, { limits: large.join(", ") }) : "");
  const bits = makeBar("surprise", texts.surprise, "0", fill(texts.bits, { bits: mostBits }));
  const gates = makeBar("gate", texts.legend_gates, "0", "1");
  const diverging = makeBar("state", states, `${MINUS}1`, "1");
  const element = make("div", { className: "legends", children: [bits, gates, diverging] });
  const paint = (name, stops) => element.style.setProperty(name, `linear-gradient(to right, ${stops.join(",")})`);
  for (const [theme, palette] of Object.entries(palettes)) {
    for (const kind of ["gate", "state"]) paint(`--${kind}-${theme}`, palette[kind]);
    paint(`--surprise-${theme}`, surprise[theme]);
  }
  /** In differences, which "all" maps show or "some", gates have the colours of states. */
  function show(isOfSurprise, difference) {
    bits.hidden = !isOfSurprise;
    gates.hidden = difference === "all";
    const names = { all: texts.legend_difference, some: texts.legend_states + texts.hold.legend };
    write(diverging.firstChild, states.replace(texts.legend_states, names[difference] ?? texts.legend_states));
  }
  return { element, show };
}

function makeBar(kind, name, low, high) {
  return make("span", { className: "legend", children: [
    make("span", { className: "legend-name", text: name }),
    make("span", { text: low }),
    make("span", { className: `legend-bar ${kind}` }),
    make("span", { text: high }),
  ] });
}
