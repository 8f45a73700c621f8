// Which steps have a number under a time axis.

const DISTANCES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 1e9];

/** About a dozen of `steps` from `start` on. figures/heatmaps.py chooses the same ones. */
export function stepTicks(steps, start = 0) {
  const every = DISTANCES.find((distance) => steps / distance <= 12);
  if (start) return Array.from({ length: steps }, (_, place) => start + place).filter((step) => (step + 1) % every === 0);
  const wanted = [0];
  for (let step = every > 1 ? every - 1 : 1; step < steps; step += every) wanted.push(step);
  return wanted.filter((step, index) => index === 0 || step - wanted[index - 1] >= every / 2);
}

/** Of a text of `steps` that is seen through a window `wide` steps wide: the first step, then as dense as in one window. */
export function ticksOfWindows(steps, wide) {
  const every = DISTANCES.find((distance) => wide / distance <= 12);
  const marks = Array.from({ length: Math.floor(steps / every) + 1 }, (_, mark) => (mark ? mark * every - 1 : 0));
  return steps <= wide ? stepTicks(steps) : marks.filter((step) => step < steps);
}
