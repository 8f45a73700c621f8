// What the address tells of the picture besides the server's own names: step and unit, and, where they differ from how a
// picture begins, what the diagrams show, the order of the rows, the colour of the text, the architecture on a phone, whether
// what the cells say in the end is covered, and the sentence to compare with. So a link reopens the picture.

import { writeHolds } from "../hand/holds.js";
import { FEW } from "../maps/map_rows.js";

const DELAY = 250; // ms; under a held key the address is written once, when it rests

/** How the picture is to begin: any of {whole, order, colour, shown, covered, hold, other} that the address names and this picture has. */
export function viewIn(search, { cells, orders }) {
  const address = new URLSearchParams(search);
  const order = address.get("rows");
  return {
    ...(address.get("diagram") === "unit" ? { whole: false } : {}),
    ...(cells.every((cell) => Array.isArray(orders[cell][order])) ? { order } : {}),
    ...(address.get("bet") === "1" ? { covered: true } : {}),
    ...(address.has("colour") ? { colour: address.get("colour") } : {}),
    ...(address.has("hold") ? { hold: address.get("hold") } : {}),
    ...(address.get("other") ? { other: address.get("other") } : {}),
    ...(cells.includes(address.get("shown")) ? { shown: address.get("shown"), isCellChosen: true } : {}),
  };
}

/** Write the view into an address; what is as a picture begins is left out. */
export function writeView(address, { step, unit, whole, order, colour, shown, isCellChosen, covered, holds, other }) {
  const looks = { diagram: whole ? null : "unit", rows: order === FEW ? null : order, colour, shown: isCellChosen ? shown : null, bet: covered ? "1" : null };
  const names = { step, unit, ...looks, hold: writeHolds(holds) || null, other: other ?? null };
  for (const [name, value] of Object.entries(names)) {
    if (value === null) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
}

/** The browser's address bar follows `state`: `remember` writes it soon, `settle` at once if that waits, `forget` not at all. */
export function createAddressBar(state) {
  let pending = null;
  function forget() {
    clearTimeout(pending);
    pending = null;
  }
  function write() {
    pending = null;
    const address = new URL(location.href);
    writeView(address, state);
    try {
      history.replaceState(history.state, "", address);
    } catch {
      // some browsers do not let a file change its address; the picture moves all the same
    }
  }
  function settle() {
    if (pending === null) return;
    forget();
    write();
  }
  function remember() {
    forget();
    pending = setTimeout(write, DELAY);
  }
  return { remember, settle, forget };
}
