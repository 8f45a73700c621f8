// Lets the server read a sentence under holds: slower than the engine, for a model that the engine cannot have.

import { unpack } from "../picture/unpack.js";

/**
 * @param {object} header Of a picture that Python packed.
 * @param {?(name: string, body: object) => Promise<Uint8Array>} ask Posts to the server. It rejects with an Error whose message is
 *   one sentence.
 * @returns {?object} null where there is no server to ask, or the picture does not say which models it is made with.
 */
export function createServerReader(header, ask) {
  if (!ask || !header.models || !header.cells.every((cell) => header.models[cell])) return null;
  const { layer, direction, language } = header;

  /**
   * What one cell makes of a text, in the layer and direction of the picture.
   * @param {string} cell
   * @param {string} text
   * @param {{holds: string, other: ?string}} how What is held, as a link writes it; and the sentence that one compares with.
   * @returns {Promise<{tokens: {text: string, known: boolean}[], signals: Object<string, Float32Array>, expected: object}>}
   */
  async function readSoon(cell, text, { holds = "", other = null } = {}) {
    const found = await unpack(await ask(`models/${header.models[cell]}/read`, { text, layer, direction, language, holds, other }));
    return { tokens: found.header.tokens, signals: found.signals[cell], expected: found.header.expected[cell] };
  }
  return { readSoon };
}
