// How large a map is, in px. figures/places.py chooses the heights, so that Plotly's maps are as high; a large screen makes them
// higher (css/maps.css).

import { FEW } from "./map_rows.js";

/** Free on the left and on the right of maps and curves: for the mark of the chosen unit, and for the ends of a curve's scale. */
export const MARGIN = { left: 36, right: 30 };

/** The height of each map of an architecture. */
export function mapHeight({ map_heights: heights }, cell, { order }) {
  return heights[cell][order === FEW ? "few" : "all"];
}
