// The lines and markers of the gradient curves: a shape for each architecture, a dash for the cell state, thin and hollow where
// the network is untrained. figures/gradients.py draws the same.

/** The path of an architecture's marker of radius r around (x, y). */
export const MARKERS = {
  rnn: (x, y, r) => `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
  lstm: (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
  gru: (x, y, r) => `M${x} ${y - 1.3 * r}l${1.3 * r} ${1.3 * r}l${-1.3 * r} ${1.3 * r}l${-1.3 * r} ${-1.3 * r}z`,
};

/** The stroke of a curve, as attributes. */
export function strokeOf({ is_cell_state: isCellState, is_untrained: isUntrained }) {
  return { "stroke-width": isUntrained ? 1.5 : 2.5, ...(isCellState ? { "stroke-dasharray": "2.5 3.5" } : {}) };
}
