// What the loss at any step listens to, found in the browser: the norms of dL/dx, dL/dh and dL/dc of one cell.

/**
 * @param {object} model That of createModel(), without a decoder.
 * @param {string} text
 * @param {{layer: number, direction: string}} place Whose states.
 * @returns {(step: number) => Network} Each step is computed once. The numbers are `gradient_flow`'s, as `computed/gradients.py`
 *   sends them: norms of dL/dx at every step, and of each state up to the step of the loss.
 *
 * @typedef {{inputs: Float64Array, states: {signal: string, norms: Float64Array}[]}} Network
 */
export function createInfluence(model, text, { layer, direction }) {
  const gradientsAt = model.gradientsOf(text);
  const steps = model.tokenizer.tokenize(text).length;
  const known = new Map();

  function compute(step) {
    const { inputs, layers } = gradientsAt(step);
    const own = layers.find((each) => each.index === layer && each.direction === direction);
    const { embedding_size: width, hidden_size: units } = model.config;
    const states = ["hidden_state", "cell_state"].filter((signal) => own[signal]);
    return {
      inputs: normsOf(inputs, width, steps),
      states: states.map((signal) => ({ signal, norms: normsOf(own[signal], units, step + 1) })),
    };
  }
  return (step) => {
    if (!known.has(step)) known.set(step, compute(step));
    return known.get(step);
  };
}

/** The L2 norm of the first `steps` vectors; zero where there is none. */
function normsOf(values, width, steps) {
  const norms = new Float64Array(steps);
  for (let t = 0; t < Math.min(steps, values.length / width); t++) norms[t] = lengthOf(values.subarray(t * width, (t + 1) * width));
  return norms;
}

/** Scaled by the largest entry, because a square may underflow where the length does not. */
function lengthOf(vector) {
  let [largest, sum] = [0, 0];
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  for (const value of vector) sum += (value / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** A curve in the order in which its layer read: the last entry is the step of the loss. */
export function fromLoss(norms, direction) {
  return direction === "reverse" ? norms.slice().reverse() : norms;
}
