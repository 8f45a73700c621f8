// What a signal is at one step: its values, its range, and one number for all units.

/** Whether a signal's values lie between 0 and 1. */
export function isGate({ gates }, signal) {
  return gates.includes(signal);
}

/** The lowest and the highest value that a signal's colours show. */
export function rangeOf(header, signal) {
  return isGate(header, signal) ? [0, 1] : [-header.limits[signal], header.limits[signal]];
}

/** The lowest and the highest value of one unit's curve: 0 to 1 for a gate, else from 0 to the unit's own extremes. */
export function rangeOfUnit(header, signal, values) {
  if (isGate(header, signal)) return [0, 1];
  let [low, high] = [0, 0];
  for (const value of values) [low, high] = [Math.min(low, value || 0), Math.max(high, value || 0)];
  return low === high ? [-1, 1] : [low, high];
}

/** How many units every architecture has: only these can be chosen for all of them. */
export function sharedUnits({ units }) {
  return Math.min(...Object.values(units));
}

/** The step that the layer read just before this one, or null at the first that it read. */
export function stepBefore({ reverse, tokens }, step) {
  const before = step + (reverse ? 1 : -1);
  return before < 0 || before >= tokens.length ? null : before;
}

/**
 * Both functions give the values of all units of a signal: `at(signal, step)` those of a step, `before(signal, step)`
 * those of the step before it, or null where there is none.
 */
export function createReader(cell, { header, signals }) {
  const steps = header.tokens.length;
  const at = (signal, step) => {
    const values = signals[cell][signal];
    const units = values.length / steps; // a projected hidden state has fewer than the gates
    return values.subarray(step * units, (step + 1) * units);
  };
  const before = (signal, step) => {
    const earlier = stepBefore(header, step);
    return earlier === null ? null : at(signal, earlier);
  };
  return { at, before };
}

export function rootMeanSquare(values) {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum / values.length);
}

function meanOf(values) {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** One number for all units: the mean of a gate, the root mean square of a state or candidate. */
export function summaryOf(header, signal, values) {
  return isGate(header, signal) ? meanOf(values) : rootMeanSquare(values);
}
