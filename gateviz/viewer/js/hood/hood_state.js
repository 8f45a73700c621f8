// The step and the unit that the page looks at. They stand in the address, as on the page Step through.

import { numberIn } from "../page/address.js";
import { keepPlace, keptPlace } from "../page/last_place.js";

const DELAY = 250; // ms; under a held key the address is written once, when it rests

/** @returns {{step: number, unit: number}} What the address says, or where the cursor was on another page, or the header's. */
export function firstPlace({ text, step, unit, tokens, layer }, search) {
  const kept = keptPlace(text);
  const within = (number, size) => Math.max(0, Math.min(size - 1, number));
  return {
    step: within(numberIn(search, "step") ?? kept?.step ?? step, tokens.length),
    unit: within(numberIn(search, "unit") ?? kept?.unit ?? unit, layer.units),
  };
}

/** Writes the place into the address soon; `forget` takes it back. */
export function createPlaceKeeper(state) {
  let pending = null;
  function write() {
    const address = new URL(location.href);
    address.searchParams.set("step", state.step);
    address.searchParams.set("unit", state.unit);
    history.replaceState(history.state, "", address);
  }
  return {
    remember: (text) => {
      keepPlace({ text, step: state.step, unit: state.unit });
      clearTimeout(pending);
      pending = setTimeout(write, DELAY);
    },
    forget: () => clearTimeout(pending),
  };
}
