// How large a map is, in px: on the page, where a large screen makes it half as high again, and in a figure that is saved.

/** Free on the left and on the right of maps and curves: for the mark of the chosen unit, and for the ends of a curve's scale. */
export const MARGIN = { left: 36, right: 30 };

const FEW_HIGH = 64; // so high are the maps of a few rows; a row is as many whole pixels high as fit
const ALL_HIGH = 128; // and those of all rows are at least so high, and have a pixel for each

/** The height of a map of so many rows. */
export function mapHeight(rows) {
  if (rows > FEW_HIGH) return Math.max(ALL_HIGH, rows);
  return rows * Math.max(1, Math.floor(FEW_HIGH / rows));
}
