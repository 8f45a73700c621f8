// The window of a long text: the steps that heatmaps and curves show at once.

/** The step that is nearest to `step` among the `steps` that there are. */
export function clampStep(step, steps) {
  return Math.max(0, Math.min(steps - 1, step));
}

/** How many steps the cursor can go to: all, or those of a growing text that have been written. */
export function reachedSteps({ tokens, written = tokens.length }) {
  return written;
}

/** The first step of a window of `wide` steps: it stays while the cursor is well inside, and moves along at its edges. */
export function windowStart(start, step, steps, wide) {
  if (steps <= wide) return 0;
  const edge = Math.floor(wide / 5);
  const jumped = step < start || step >= start + wide;
  const wanted = jumped ? step - wide / 2 : Math.max(step - wide + 1 + edge, Math.min(step - edge, start));
  return Math.max(0, Math.min(steps - wide, Math.round(wanted)));
}

/** The first and the last step of the window that begins at `start`. */
export function stepsInWindow({ tokens, window: wide }, start) {
  return [start, Math.min(tokens.length, start + wide) - 1];
}

/** How many steps a window shows: all of a short text. */
export function windowWidth({ tokens, window: wide }) {
  return Math.min(tokens.length, wide);
}
