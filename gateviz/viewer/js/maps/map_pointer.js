// The pointer over the heatmaps of one architecture: a read-out follows it, a drag moves the cursor, a click chooses a unit.

import { decimals } from "../format/numbers.js";
import { fill, glyph } from "../format/texts.js";
import { make } from "../page/elements.js";
import { createReader } from "../picture/signals.js";

/**
 * @param {(event: PointerEvent, host: Element) => ?object} spotUnder Gives {step, unit, signal, x, y, isRight}: what lies
 *   under the pointer, where in the overlay, and whether in its right half.
 * @returns {{readout: HTMLElement, listenTo: (host: Element) => void, dispose: () => void}} `host` is the element that has
 *   the figure.
 */
export function createMapPointer(cell, picture, spotUnder, { goTo, chooseUnit }) {
  const { texts, tokens } = picture.header;
  const { at } = createReader(cell, picture);
  const readout = make("div", { className: "gateviz-readout" });
  let listening = null;

  function onMove(event, host) {
    const spot = spotUnder(event, host);
    host.style.cursor = spot ? "crosshair" : "";
    readout.classList.toggle("visible", Boolean(spot));
    if (!spot) return;
    if (event.buttons === 1) goTo(spot.step);
    readout.textContent = fill(texts.readout, {
      token: glyph(tokens[spot.step].text), step: spot.step + 1, unit: spot.unit,
      symbol: texts.symbols[cell][spot.signal], value: decimals(at(spot.signal, spot.step)[spot.unit], 3),
    });
    readout.style.transform = `translate(${spot.x + (spot.isRight ? -12 : 12)}px, ${spot.y + 14}px) translateX(${spot.isRight ? "-100%" : "0"})`;
  }
  function onClick(event, host) {
    const spot = spotUnder(event, host);
    if (!spot) return;
    chooseUnit(spot.unit);
    goTo(spot.step);
  }
  function listenTo(host) {
    listening?.abort();
    listening = new AbortController();
    const { signal } = listening;
    host.style.position = "relative";
    host.addEventListener("pointermove", (event) => onMove(event, host), { signal });
    host.addEventListener("pointerleave", () => readout.classList.remove("visible"), { signal });
    host.addEventListener("click", (event) => onClick(event, host), { signal });
  }
  return { readout, listenTo, dispose: () => listening?.abort() };
}
