// The products of which one unit's sum is made: each weight times what it weighs. The weights come once for a unit, when a
// person asks (packing/products.py); from then on every step is multiplied here.

/**
 * @returns {(signal: string, unit: number, onCome: () => void) => ?object} The answer of the server, or null until it has
 *   come, when `onCome` is called, or where nobody answers.
 */
export function createGateWeights(cell, picture) {
  const found = new Map();
  return (signal, unit, onCome) => {
    const request = `products-${cell}-${signal}-${unit}`;
    if (!picture.ask || found.has(request)) return found.get(request) ?? null;
    found.set(request, null);
    picture.ask(request).then((bytes) => {
      found.set(request, JSON.parse(new TextDecoder().decode(bytes)));
      onCome();
    }, () => found.delete(request)); // the server is away: the next one who looks asks again
    return null;
  };
}

/**
 * The products at one step, the largest first.
 * @param {{stretches: object[], rows: ?number[], inputs: ?number[][]}} weights
 * @param {number} step
 * @param {?Float32Array} before The hidden state of the step before; null before the first.
 * @param {number} factor What multiplies all that comes from h: a GRU's reset gate, or 1.
 * @returns {{source: "x"|"h", component: number, weight: number, value: number, factor: number, product: number}[]}
 */
export function productsAt({ stretches, rows, inputs }, step, before, factor) {
  const own = stretches.findLast(({ start }) => start <= step);
  const multiply = (source, weights, values, by) =>
    weights.map((weight, component) => ({ source, component, weight, value: values[component], factor: by, product: by * weight * values[component] }));
  const products = [
    ...(inputs ? multiply("x", own.inputs, inputs[rows[step]], 1) : []),
    ...(before ? multiply("h", own.recurrent, before, factor) : []),
  ];
  return products.sort((one, other) => Math.abs(other.product) - Math.abs(one.product));
}
