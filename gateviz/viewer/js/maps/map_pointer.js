// The pointer over the heatmaps of one architecture: a read-out follows it, a drag moves the cursor, a click chooses a unit.

import { decimals } from "../format/numbers.js";
import { fill, glyph } from "../format/texts.js";
import { make } from "../page/elements.js";

const SIGNS = { difference: "Δ" }; // before the symbol of a signal

/**
 * @param {(event: PointerEvent) => ?object} spotUnder Gives {step, unit, signal, value, look, isRight}: what lies under the
 *   pointer, and whether in the right half of the map.
 * @returns {{readout: HTMLElement, listenTo: (host: Element) => void}} `host` is the element that has the maps.
 */
export function createMapPointer(cell, { texts, tokens }, spotUnder, { goTo, chooseUnit }) {
  const readout = make("div", { className: "map-readout" });

  function onMove(event, host) {
    const spot = spotUnder(event);
    readout.classList.toggle("visible", Boolean(spot));
    if (!spot) return;
    if (event.buttons === 1) goTo(spot.step);
    readout.textContent = fill(texts.readout, {
      token: glyph(tokens[spot.step].text), step: spot.step + 1, unit: spot.unit,
      symbol: (SIGNS[spot.look] ?? "") + texts.symbols[cell][spot.signal], value: decimals(spot.value, 3),
    });
    const box = host.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left + (spot.isRight ? -12 : 12), event.clientY - box.top + 14];
    readout.style.transform = `translate(${x}px, ${y}px) translateX(${spot.isRight ? "-100%" : "0"})`;
  }
  function onClick(event) {
    const spot = spotUnder(event);
    if (!spot) return;
    chooseUnit(spot.unit);
    goTo(spot.step);
  }
  function listenTo(host) {
    host.addEventListener("pointermove", (event) => onMove(event, host));
    host.addEventListener("pointerleave", () => readout.classList.remove("visible"));
    host.addEventListener("click", onClick);
  }
  return { readout, listenTo };
}
