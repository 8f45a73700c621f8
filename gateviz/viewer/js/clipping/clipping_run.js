// All that is shown of one setting: the first gradient, the loss along its direction, and the way of training in pieces.

import { drawNetwork } from "../lab/drawn_network.js";
import { factorsOf } from "../lab/step_factors.js";
import { spectralRadius } from "../lab/spectral_radius.js";
import { drawnFrom } from "./clipping_settings.js";
import { clipFactor, gradientOf, lossAlong, lossOf, moved, train } from "./small_training.js";

export const UPDATES = 60;
export const PLACES = 161; // at which the loss is computed along the direction

const AT_ONCE = 10; // updates
const FARTHEST = 4; // in lengths of the weights' space: how far the loss is shown where an update goes further

/** @returns {object} What is known at once: the first gradient, both first updates, and the loss along the direction. */
export function beginRun(settings) {
  const network = drawNetwork(settings.cell, drawnFrom(settings));
  const found = gradientOf(network);
  const { rate, most } = settings;
  const first = (limit) => {
    const applied = found.norm * clipFactor(found.norm, limit);
    return { applied, length: rate * applied, loss: lossOf(moved(network, found.gradient, -rate * clipFactor(found.norm, limit))) };
  };
  const [free, clipped] = [first(null), first(most)];
  const reach = Math.max(0.5, Math.min(FARTHEST, 1.15 * free.length || FARTHEST));
  const along = { low: -0.15 * reach, high: reach, places: PLACES };
  return {
    network,
    ...found,
    free,
    clipped,
    along: { ...along, losses: Number.isFinite(found.norm) && found.norm > 0 ? lossAlong(network, found, along) : [] },
    weights: Object.values(network.weights).reduce((sum, values) => sum + (values.length ?? 0), 0),
    largest: factorsOf(network).hidden.reduce((most_, value) => Math.max(most_, Math.abs(value)), 0),
  };
}

/**
 * Both ways of training, piece by piece.
 * @returns {() => ?{free: object, clipped: object}} Each call trains on, and gives the losses and norms so far; null at the end.
 */
export function createTraining({ network }, { rate, most }) {
  const ways = { free: { limit: null, network, losses: [], norms: [] }, clipped: { limit: most, network, losses: [], norms: [] } };
  let done = 0;
  return () => {
    if (done >= UPDATES) return null;
    for (const way of Object.values(ways)) {
      const { losses, norms, network: now } = train(way.network, { rate, most: way.limit, updates: AT_ONCE });
      way.losses = [...way.losses.slice(0, done), ...losses];
      way.norms.push(...norms);
      way.network = now;
    }
    done += AT_ONCE;
    return ways;
  };
}

/** The spectral radius of an RNN's recurrent matrix; NaN once its weights are. */
export function radiusOf({ cell, weights: { fromH } }) {
  return cell === "rnn" && fromH.every(Number.isFinite) ? spectralRadius(fromH) : NaN;
}
