// Where the cursor was last, kept for this tab: a link from one of our pages to another says nothing of it.

const NAME = "gateviz-place";

/** @param {{text: string, step: number, unit: number}} place */
export function keepPlace(place) {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(place));
  } catch {
    // some browsers keep nothing for a page; it then begins where its picture begins
  }
}

/** The place in that text, or null. */
export function keptPlace(text) {
  try {
    const place = JSON.parse(sessionStorage.getItem(NAME));
    return place?.text === text && [place.step, place.unit].every(Number.isInteger) ? place : null;
  } catch {
    return null;
  }
}
