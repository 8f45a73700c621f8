// What a model answers after each token: scores of tokens or classes, or values.

import { clampsOfBeginning } from "./clamps.js";
import { runNetwork, scoresOf } from "./network.js";

/**
 * @param {object} model That of createModel().
 * @param {{layers: object[], output: Float64Array}} run Of runNetwork.
 * @param {Float64Array} inputs What it read.
 * @param {{state: ?object[], clamps: Clamp[]}} how It was run so.
 * @returns {Float64Array[]} For each step its scores, (outputs). Two directions read each beginning of the text by itself.
 */
export function answersOf({ config, head, network }, run, inputs, { state, clamps }) {
  const features = head.weight.length / head.bias.length;
  const steps = run.output.length / features;
  const beginning = (read) => {
    const how = { state, clamps: clampsOfBeginning(clamps, steps, read) };
    return runNetwork(config.cell, network, inputs.subarray(0, read * config.embedding_size), how);
  };
  return Array.from({ length: steps }, (_, step) => {
    const { output } = config.bidirectional ? beginning(step + 1) : run;
    const scores = scoresOf(head, pooled(config, output, step, features));
    return config.answers === "value" ? scores.map((score) => score * config.scale) : scores;
  });
}

/** What the head reads at a step, (features). A reverse direction ends at the first token. */
export function pooled({ answers, pooling, bidirectional, hidden_size: units }, output, step, features) {
  const last = output.slice(step * features, (step + 1) * features);
  if (answers !== "class") return last;
  if (pooling === "mean") {
    last.fill(0);
    for (let i = 0; i < (step + 1) * features; i++) last[i % features] += output[i] / (step + 1);
  } else if (bidirectional) last.set(output.subarray(units, features), units);
  return last;
}
