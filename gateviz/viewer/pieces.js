// A long text comes in pieces: its head at once, then the steps that are looked at, those beside them, and in the end,
// when nothing else is asked for, the rest. Until its piece has come a number is missing (NaN), and is shown as a dash.

const AT_ONCE = 2; // pieces that are on their way together
const AGAIN = 2000; // ms until what could not be had is asked for again
const COURTESY = 3; // what nobody looks at yet waits so many times as long as the last piece took: a class shares its air

let asking = null;

/** Who has a server says how its bytes are asked for: ask(path) gives a promise of a Uint8Array. */
function askBy(ask) {
  asking = ask;
}

/** A picture whose bytes are all there answers as one that comes in pieces does. */
function whole({ header, signals, sums }) {
  const all = { first: 0, signals, sums };
  return {
    header, signals,
    has: () => true,
    spans: () => [[0, header.tokens.length]],
    look: () => {},
    get: async () => {},
    sumsAt: () => all,
    leave: () => {},
  };
}

/** A picture of which there is only the header. `has(first, last)`: whether those steps have come. `look(step, first,
 *  last)`: these are looked at now. `get(first, last)`: a promise that they have come. `spans()`: the steps that have,
 *  as [from, to). `sumsAt(step)`: the sums of the piece with that step, null until they have come. `came(first, last)` is
 *  called when steps have come, sums too. */
function inPieces(header) {
  const { size, name, signals: shapes } = header.pieces;
  const steps = header.tokens.length;
  const count = Math.ceil(steps / size);
  const signals = {};
  for (const [cell, named] of Object.entries(shapes)) {
    signals[cell] = Object.fromEntries(Object.entries(named).map(([signal, units]) => [signal, new Float32Array(steps * units).fill(NaN)]));
  }
  const come = new Set();
  const running = new Set();
  const sums = {};
  let near = [];
  let needed = [];
  let rest = [];
  let sumsWanted = [];
  let promises = [];
  let quiet = null;
  const picture = { header, signals, has, spans, look, get, sumsAt, leave, came: () => {} };

  const clamped = (step) => Math.max(0, Math.min(steps - 1, step));
  function covering(first, last) {
    const from = Math.floor(clamped(first) / size);
    return Array.from({ length: Math.floor(clamped(last) / size) - from + 1 }, (_, place) => from + place);
  }
  function has(first, last) {
    return covering(first, last).every((piece) => come.has(piece));
  }
  function spans() {
    return [...come].map((piece) => [piece * size, Math.min(steps, (piece + 1) * size)]);
  }
  function look(step, first, last) {
    const here = Math.floor(clamped(step) / size);
    const far = (piece) => Math.abs(piece - here);
    near = [...covering(step - 1, step + 1), ...covering(first, last)];
    const beside = covering(first - size, last + size);
    const others = Array.from({ length: count }, (_, piece) => piece).sort((one, other) => far(one) - far(other));
    rest = [...beside, ...others];
    work();
  }
  function get(first, last) {
    const pieces = covering(first, last);
    needed.push(...pieces);
    work();
    return new Promise((resolve) => {
      promises.push({ pieces, resolve });
      settle();
    });
  }
  function sumsAt(step) {
    const piece = Math.floor(step / size);
    if (!sums[piece] && come.has(piece)) {
      sumsWanted = [piece];
      work();
    }
    return sums[piece] ?? null;
  }

  const missing = (piece) => !come.has(piece) && !running.has(String(piece));
  const urgent = () => {
    const piece = [...near, ...needed].find(missing);
    if (piece !== undefined) return String(piece);
    const asked = sumsWanted.find((one) => !sums[one] && !running.has(`sums-${one}`));
    return asked === undefined ? null : `sums-${asked}`;
  };
  function work() {
    while (running.size < AT_ONCE) {
      const key = urgent();
      if (key === null) break;
      bring(key);
    }
  }
  async function bring(key) {
    const began = performance.now();
    running.add(key);
    clearTimeout(quiet);
    let wait = 0;
    try {
      take(key, await decodePayload(await asking(`${name}/${key}`)));
    } catch {
      wait = AGAIN; // the server is away: Streamlit says so, and comes back
    }
    if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
    running.delete(key);
    settle();
    work();
    if (!running.size) quiet = setTimeout(bringRest, COURTESY * (performance.now() - began));
  }
  function bringRest() {
    const piece = rest.find(missing);
    if (piece !== undefined) bring(String(piece));
  }
  function take(key, found) {
    const piece = Number(key.replace("sums-", ""));
    const [first, end] = [piece * size, Math.min(steps, (piece + 1) * size)];
    if (key.startsWith("sums-")) {
      const own = (named, cell) => Object.fromEntries(Object.entries(named).map(([signal, values]) => [signal, values.subarray(first * shapes[cell][signal], end * shapes[cell][signal])]));
      sums[piece] = { first, sums: found.sums, signals: Object.fromEntries(Object.entries(signals).map(([cell, named]) => [cell, own(named, cell)])) };
    } else {
      for (const [cell, named] of Object.entries(found.signals)) {
        for (const [signal, values] of Object.entries(named)) signals[cell][signal].set(values, first * shapes[cell][signal]);
      }
      come.add(piece);
    }
    picture.came(first, end - 1);
  }
  function settle() {
    const done = promises.filter(({ pieces }) => pieces.every((piece) => come.has(piece)));
    promises = promises.filter((one) => !done.includes(one));
    needed = needed.filter((piece) => !come.has(piece));
    for (const { resolve } of done) resolve();
  }
  /** Nobody looks any more. */
  function leave() {
    clearTimeout(quiet);
    [near, needed, rest, sumsWanted, promises] = [[], [], [], [], []];
    picture.came = () => {};
  }
  return picture;
}
