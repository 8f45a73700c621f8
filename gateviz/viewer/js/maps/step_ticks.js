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

/** The ticks of a text of many windows, whose columns are `each` px wide: the first step, then as dense as there is room. */
export function evenTicks(steps, each) {
  const every = [10, 20, 50].find((distance) => each * distance >= 44) ?? 100;
  const marks = Array.from({ length: Math.floor(steps / every) + 1 }, (_, mark) => (mark ? mark * every - 1 : 0));
  return marks.filter((step) => step < steps);
}
