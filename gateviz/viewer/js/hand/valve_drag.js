// How a hand's way over a valve becomes a value: up or to the right opens it, down or to the left shuts it.

const TRAVEL = 110; // px from shut to open
const SLIP = { mouse: 4, pen: 6, touch: 8 }; // px that a pointer may move in a click
const KEYS = { ArrowUp: 0.05, ArrowRight: 0.05, ArrowDown: -0.05, ArrowLeft: -0.05, PageUp: 0.25, PageDown: -0.25 };
const ENDS = { Home: 0, End: 1 };

/**
 * A drag that began at (x, y) on a valve that showed `value`. Until the pointer has left the place of a click, there is none.
 * @returns {{moveTo: (x: number, y: number) => ?number}} `moveTo` gives the value there, or null.
 */
export function createDrag({ x, y, value, pointerType }) {
  let start = null; // where the drag began; from there on the valve follows
  const slip = SLIP[pointerType] ?? SLIP.mouse;
  return {
    moveTo: (toX, toY) => {
      if (!start && Math.hypot(toX - x, toY - y) < slip) return null;
      start ??= { x: toX, y: toY };
      return rounded(value + (toX - start.x - (toY - start.y)) / TRAVEL);
    },
  };
}

/** The value after a key, or null for a key that does not move a valve. */
export function valueAfterKey(key, value) {
  if (Object.hasOwn(ENDS, key)) return ENDS[key];
  return Object.hasOwn(KEYS, key) ? rounded(value + KEYS[key]) : null;
}

/** The value that was typed, within the range; null for what is no number. A comma may stand for the point. */
export function typedValue(text, [low, high]) {
  const said = text.trim().replace(",", ".").replace("−", "-");
  const value = Number(said);
  return said === "" || !Number.isFinite(value) ? null : Math.max(low, Math.min(high, value));
}

function rounded(value) {
  return Math.round(100 * Math.max(0, Math.min(1, value))) / 100;
}
