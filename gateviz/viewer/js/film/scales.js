// Where a training step and a value stand in a chart.

/** A step on the axis, 0 to 1: by its root, because most happens at the start. Frames are taken evenly on it. */
export function placeOf(step, steps) {
  return steps > 0 ? Math.sqrt(step / steps) : 0;
}

/** The steps that have a number under the axis. */
export function axisSteps(steps) {
  const wanted = [0, 0.04, 0.16, 0.36, 0.64, 1].map((share) => round(steps * share));
  return [...new Set([...wanted.slice(0, -1), steps])];
}

function round(step) {
  if (step < 10) return Math.round(step);
  const size = 10 ** (Math.floor(Math.log10(step)) - 1);
  return Math.round(step / size) * size;
}

/** From values to 0 .. 1, where 0 is the foot; `isLog` for those that span decades. */
export function createScale(values, { isLog = false, least = null, most = null, decades = 12 } = {}) {
  const known = values.filter((value) => Number.isFinite(value) && (!isLog || value > 0));
  const high = most ?? Math.max(...known, isLog ? 1e-30 : -Infinity);
  const low = least ?? (isLog ? Math.max(Math.min(...known), high / 10 ** decades) : Math.min(...known));
  if (!known.length) return { place: () => null, low: 0, high: 1 };
  const [from, to] = isLog ? [Math.log10(low), Math.log10(high)] : [low, high];
  const place = (value) => {
    if (!Number.isFinite(value)) return null;
    const at = isLog ? Math.log10(Math.max(value, low)) : value;
    return Math.max(0, Math.min(1, (at - from) / (to - from || 1)));
  };
  return { place, low, high };
}
