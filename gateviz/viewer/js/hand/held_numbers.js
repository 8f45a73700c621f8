// What a cell makes of the sentence under its holds.

import { alignedSteps } from "../compare/alignment.js";
import { broughtOver } from "../compare/differences.js";
import { clampsOf } from "./clamps_of_holds.js";

/**
 * The cell's weights must be there.
 * @param {import("../picture/pieces.js").Picture} picture
 * @param {string} cell
 * @param {import("./holds.js").Hold[]} holds Of this cell.
 * @param {?string} other The sentence that one compares with.
 * @returns {{signals: object, expected: object}} As sentence_reader.js reads it.
 * @throws {RangeError} A hold of what the model does not have.
 */
export function numbersUnder({ header, reader }, cell, holds, other) {
  const { text, tokens } = header;
  const model = reader.model(cell);
  const typed = model.decoder ? model.tokenizer.tokenize(text).length : null; // then a decoder reads
  const length = model.decoder ? tokens.length - typed - 1 : null;
  const runs = {
    under: (clamps, hold) => signalOf(model.read(text, { clamps, length }), hold),
    other: (hold) => {
      if (other === null) return null;
      const decoders = model.decoder ? [typed, model.tokenizer.tokenize(other).length] : null;
      return fromOther(model.read(other), hold, { tokens, decoders });
    },
  };
  return reader.read(cell, text, { clamps: clampsOf(holds, tokens.length, runs), length });
}

/** What a hold is of, in a run: (time * units). */
function signalOf({ layers }, { layer, direction, signal }) {
  const own = layers.find((each) => each.index === layer && each.direction === direction);
  if (!own?.signals[signal]) throw new RangeError(`there is no ${signal} in layer ${layer}, ${direction}`);
  return own.signals[signal];
}

function fromOther(run, hold, { tokens, decoders }) {
  const steps = alignedSteps(tokens.map(({ text }) => text), run.tokens, decoders);
  return { values: broughtOver(signalOf(run, hold), steps, run.tokens.length), steps };
}
