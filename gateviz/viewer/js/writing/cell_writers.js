// What writes in each cell. A writer is a function that gives a NewToken (growing_picture.js) at each call, and null at the end: the
// engine's, or the replay of what has been written already, by a decoder.

import { createWriter } from "../engine/generation.js";
import { expectedOf } from "../reading/expected.js";
import { clampsWhileWriting } from "./holds_while_writing.js";

/**
 * The engine goes on with a text.
 * @param {object} picture That Python packed, with its reader.
 * @param {string} cell
 * @param {{prompt: string, how: object}} plan
 * @param {object} settings Those of plans.js.
 * @param {object[]} holds What is held in this cell.
 */
export function createEngineWriter(picture, cell, { prompt, how, isPoem }, { temperature, topK }, holds) {
  const { header, reader } = picture;
  const model = reader.model(cell);
  const held = clampsWhileWriting(holds, isPoem ? () => null : (hold, step) => shownAt(picture, cell, hold, step));
  const next = createWriter(model, prompt, { ...how, temperature, topK, clampsAt: held.clampsAt });
  return () => {
    const token = next();
    if (!token) return null;
    held.read(token.layers);
    const { text, id, known, isGiven, probability, layers, scores } = token;
    const { signals } = layers.find(({ index, direction }) => index === header.layer && direction === header.direction);
    const { guesses, probabilities } = expectedOf(model, { tokens: [text], answers: [scores] }, [id], null);
    return { text, known, isGiven, probability: id < scores.length ? probability : null, signals, guesses: guesses[0], probabilities: probabilities[0] };
  };
}

/** The values of a signal at a step of the sentence, as they are shown; null after its end, and of another layer. */
function shownAt({ header, signals }, cell, { layer, direction, signal }, step) {
  const values = signals[cell][signal];
  const steps = header.tokens.length;
  const isShown = values && step < steps && layer === header.layer && direction === header.direction;
  return isShown ? valuesAt(values, step, steps) : null;
}

function valuesAt(values, step, steps) {
  return values.subarray((step * values.length) / steps, ((step + 1) * values.length) / steps);
}

/** What a decoder has written already, step by step from the beginning; the text that the encoder read is given. */
export function createReplay({ header, signals }, cell) {
  const steps = header.tokens.length;
  const { guesses, probabilities, came, wrote, asked_from: askedFrom } = header.expected[cell];
  let step = -1;
  return () => {
    step += 1;
    if (step === steps) return null;
    const isGiven = step <= askedFrom;
    return {
      text: isGiven ? header.tokens[step].text : wrote[step - 1],
      known: header.tokens[step].known,
      isGiven,
      probability: isGiven ? null : came[step - 1],
      signals: Object.fromEntries(Object.entries(signals[cell]).map(([name, values]) => [name, valuesAt(values, step, steps)])),
      guesses: guesses[step],
      probabilities: probabilities[step],
    };
  };
}
