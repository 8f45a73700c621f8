// What comes out if one mixes up what the sources write differently. A network is run with the mistake, first at one step
// from the right states, then from the first step on.

import { evaluateStep, givenAt, negated } from "./evaluate.js";
import { gateNames } from "./layer_numbers.js";

const MOST = 1e8; // products; a longer run would be felt

/**
 * @typedef {object} MixUp
 * @property {"sign"|"place"|"order"|"bias"|"transposed"} kind
 * @property {string} [other] "order": the name of the form whose order of gates was taken.
 * @property {Form} form
 * @property {(gates: Object<string, GateWeights>, units: number) => Object<string, GateWeights>} change
 */

/**
 * The mistakes that can be made with this cell.
 * @param {string} cell
 * @param {Object<string, Form>} forms By name; "pytorch" is the right one.
 * @returns {MixUp[]}
 */
export function mixUpsOf(cell, forms) {
  const form = forms.pytorch;
  const same = (gates) => gates;
  const others = {
    rnn: [],
    lstm: [{ kind: "order", other: "d2l", form, change: (gates) => reordered(cell, gates, Object.keys(forms.d2l.gates)) }],
    gru: [
      { kind: "sign", form, change: (gates) => ({ ...gates, update_gate: negated(gates.update_gate) }) },
      { kind: "place", form: forms.d2l, change: same },
      { kind: "order", other: "keras", form, change: (gates) => reordered(cell, gates, Object.keys(forms.keras.gates)) },
    ],
  };
  return [
    ...others[cell],
    { kind: "transposed", form, change: (gates, units) => changed(gates, "wh", (values) => transposed(values, units)) },
    { kind: "bias", form, change: (gates) => changed(gates, "bh", (values) => new Float32Array(values.length)) },
  ];
}

/** The hidden state that the mistake gives at one step, from the right states before it. */
export function stateWith(mixUp, layer, step) {
  const gates = mixUp.change(layer.gates(step), layer.units);
  return evaluateStep(mixUp.form, gates, givenAt(layer, step)).signals.hidden_state;
}

/**
 * The hidden states that the mistake gives from the first step on, (time * units); null where it would take too long.
 * @param {number[]} order The steps in the order in which the layer reads them.
 */
export function statesWith(mixUp, layer, order) {
  const { units, cell } = layer;
  if (layer.steps * gateNames(cell).length * units * (units + layer.width(0)) > MOST) return null;
  const found = new Float64Array(layer.steps * units);
  let [h, c] = [new Float64Array(units), new Float64Array(units)];
  let [changedFor, gates] = [null, null];
  for (const step of order) {
    if (layer.gates(step) !== changedFor) [changedFor, gates] = [layer.gates(step), mixUp.change(layer.gates(step), units)];
    const { signals } = evaluateStep(mixUp.form, gates, { x: layer.input(step), h, c });
    [h, c] = [signals.hidden_state, signals.cell_state ?? c];
    found.set(h, step * units);
  }
  return found;
}

/** The rows of the gates read in another order. */
function reordered(cell, gates, order) {
  const stored = gateNames(cell);
  return Object.fromEntries(order.map((signal, at) => [signal, gates[stored[at]]]));
}

function changed(gates, name, change) {
  return Object.fromEntries(Object.entries(gates).map(([signal, weights]) => [signal, { ...weights, [name]: change(weights[name]) }]));
}

function transposed(values, size) {
  return values.map((_, at) => values[(at % size) * size + Math.floor(at / size)]);
}
