// A loss at one step of a text, and its gradient by the output of the recurrent module: models/step_losses.py.

import { pooled } from "./answers.js";
import { addTransposed } from "./backward.js";
import { likeliest, scoresOf, softmax } from "./network.js";

/**
 * Next token: -log p (nats) of the token that came next, or of the model's own first guess where none came or an unknown one.
 * Class: -log p of the model's own first guess. Value: half the squared error, or the value itself where no number came.
 *
 * @param {object} model That of createModel().
 * @param {Float64Array} output Of the run, (time * features); of a model of two directions, of the text up to `step`.
 * @param {number} step From 0.
 * @param {(number|number[])[]} ids Of the text.
 * @returns {{loss: number, direct: Float64Array}} `direct` is dL/d(output), (time * features).
 */
export function lossAt({ config, head, tokenizer }, output, step, ids) {
  const features = head.weight.length / head.bias.length;
  const scores = scoresOf(head, pooled(config, output, step, features));
  const following = config.answers === "class" ? undefined : ids[step + 1];
  const { loss, byScores } = config.answers === "value" ? ofValue(config, tokenizer, scores, following) : ofGuess(scores, following);
  const byPooled = new Float64Array(features);
  addTransposed(head.weight, byScores, byPooled);
  return { loss, direct: spread(config, byPooled, output.length, step) };
}

function ofGuess(scores, following) {
  const target = following < scores.length ? following : likeliest(scores);
  const byScores = softmax(scores);
  const loss = -Math.log(byScores[target]);
  byScores[target] -= 1;
  return { loss, byScores };
}

function ofValue({ scale }, { entries }, [value], following) {
  const isAsked = following !== undefined && entries.length === 1; // with marks, the next number is not what the model answers
  if (!isAsked) return { loss: value, byScores: [1] };
  const error = value - following[0] / scale;
  return { loss: error ** 2 / 2, byScores: [error] };
}

/** From what the head read back to the outputs from which that was pooled. */
function spread({ answers, pooling, bidirectional, hidden_size: units }, byPooled, length, step) {
  const features = byPooled.length;
  const direct = new Float64Array(length);
  if (answers === "class" && pooling === "mean") {
    for (let i = 0; i < (step + 1) * features; i++) direct[i] = byPooled[i % features] / (step + 1);
    return direct;
  }
  const own = answers === "class" && bidirectional ? units : features;
  direct.set(byPooled.subarray(0, own), step * features);
  for (let i = own; i < features; i++) direct[i] = byPooled[i]; // a reverse direction ends at the first token
  return direct;
}
