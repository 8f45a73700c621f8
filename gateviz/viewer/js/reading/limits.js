// How far the colours of each state and candidate reach, as packing/picture.py and figures/places.py choose it.

const LIMITS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 50, 100];
const MOST = 0.98; // of all values lie within a limit, so that one large unit does not make the others pale

/**
 * @param {{gates: string[]}} header
 * @param {Object<string, Object<string, Float32Array>>} signals By cell and name.
 * @returns {Object<string, number>} By name: the largest of all cells. A gate has none.
 */
export function limitsOf({ gates }, signals) {
  const limits = {};
  for (const named of Object.values(signals)) {
    for (const [name, values] of Object.entries(named)) {
      if (gates.includes(name)) continue;
      const isWide = name === "cell_state" || values.some((value) => Math.abs(value) > 1);
      limits[name] = Math.max(limits[name] ?? 0, isWide ? limitOf(values) : 1);
    }
  }
  return limits;
}

function limitOf(values) {
  const sizes = values.map(Math.abs).filter(Number.isFinite).sort();
  const place = MOST * (sizes.length - 1);
  const [low, high] = [sizes[Math.floor(place)], sizes[Math.ceil(place)]];
  const size = sizes.length ? low + (high - low) * (place - Math.floor(place)) : 1;
  return LIMITS.find((limit) => size <= limit) ?? Math.ceil(size);
}
