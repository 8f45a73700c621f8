// The lines and markers of the gradient curves: a shape for each architecture, a dash for the cell state.

/** The path of an architecture's marker of radius r around (x, y). */
export const MARKERS = {
  rnn: (x, y, r) => `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
  lstm: (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
  gru: (x, y, r) => `M${x} ${y - 1.3 * r}l${1.3 * r} ${1.3 * r}l${-1.3 * r} ${1.3 * r}l${-1.3 * r} ${-1.3 * r}z`,
};

/** The stroke of a curve, as attributes. */
export function strokeOf({ is_cell_state: isCellState, stroke, width }) {
  const dash = stroke ?? (isCellState ? "2.5 3.5" : null);
  return { "stroke-width": width ?? (stroke ? 2 : 2.5), "stroke-linecap": width ? "round" : "butt", ...(dash ? { "stroke-dasharray": dash } : {}) };
}
