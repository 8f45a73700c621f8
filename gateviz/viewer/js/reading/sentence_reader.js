// Reads sentences in the browser as the models of a picture do: with the weights that ship, fetched once and kept.

import { stretchesOf } from "../engine/sums.js";
import { expectedOf } from "./expected.js";
import { loadModel, modelNamed } from "./models.js";

/**
 * @param {object} header Of a picture that Python packed: which models, which layer, the names of classes.
 * @param {(name: string) => Promise<Uint8Array>} fetchModel Gives the file of that name, "hometown/lstm/6f0c....json".
 * @returns {?object} null where the picture does not say which weights it is made with.
 */
export function createSentenceReader(header, fetchModel) {
  if (!fetchModel || !header.models || !header.cells.every((cell) => header.models[cell])) return null;
  const plain = header.expected; // what Python packed: `put` gives the picture another object
  const found = (cell) => modelNamed(header.models[cell]);

  /**
   * Resolves when the weights of these cells are there. A browser asks for them again after it has failed.
   * @throws {Error} They cannot be had, or are not what the engine reads.
   */
  async function ready(cells = header.cells) {
    await Promise.all(cells.map((cell) => loadModel(header.models[cell], fetchModel)));
  }
  /** The model of a cell that is ready, that of engine/model.js. */
  function model(cell) {
    const own = found(cell);
    if (!own) throw new Error(`the weights of ${header.models[cell]} have not come yet`);
    return own;
  }
  /**
   * What one cell makes of a text, in the layer and direction of the picture. Its weights must be there.
   * @param {string} text
   * @param {{clamps: Clamp[], length: ?number}} how `length`: how many characters a decoder writes; null: as many as that of
   *   the last architecture.
   * @returns {{tokens: {text: string, known: boolean}[], signals: Object<string, Float32Array>, expected: object,
   *   stretches: object[]}} What the layer read, and its weights, are the stretches of engine/sums.js.
   */
  function read(cell, text, { clamps = [], length = null } = {}) {
    const own = model(cell);
    const typed = own.tokenizer.tokenize(text);
    const result = own.read(text, { clamps, length: length ?? lengthOf(text, typed.length) });
    const layer = result.layers.find(({ index, direction }) => index === header.layer && direction === header.direction);
    const names = Object.keys(header.texts.signals[cell]);
    const signals = Object.fromEntries(names.map((name) => [name, Float32Array.from(layer.signals[name])]));
    const tokens = result.tokens.map((token, step) => ({ text: token, known: typed[step]?.known ?? true }));
    const expected = expectedOf(own, result, typed.map(({ id }) => id), plain[cell]);
    return { tokens, signals, expected, stretches: stretchesOf(layer) };
  }
  /** The stretches of the picture's own text. */
  function stretches(cell) {
    const own = model(cell);
    const { text, layer, direction } = header;
    return own.stretches(text, { layer, direction, length: lengthOf(text, own.tokenizer.tokenize(text).length) });
  }
  /** Decoders write answers of different lengths: all write as much as that of the last architecture. */
  function lengthOf(text, typed) {
    const last = header.cells.at(-1);
    if (plain[last].kind !== "text") return null;
    if (text === header.text) return header.tokens.length - typed - 1;
    return model(last).read(text).tokens.length - typed - 1;
  }
  return { ready, isReady: (cell) => found(cell) !== null, model, read, stretches };
}
