// The models whose weights have been fetched, by name. A file is fetched once and kept.

import { createModel } from "../engine/model.js";

const models = new Map(); // {promise, model}

/** The model of that name, "hometown/lstm/6f0c...", if its weights are there; else null. */
export function modelNamed(name) {
  return models.get(name)?.model ?? null;
}

/**
 * Resolves when the weights are there. A browser asks for them again after it has failed.
 * @param {(name: string) => Promise<Uint8Array>} fetchModel Gives a file, "hometown/lstm/6f0c....json".
 * @throws {Error} They cannot be had, or are not what the engine reads.
 */
export function loadModel(name, fetchModel) {
  if (!models.has(name)) {
    const entry = { model: null, promise: null };
    entry.promise = Promise.all([fetchModel(`${name}.json`), fetchModel(`${name}.safetensors`)]).then(([card, weights]) => {
      entry.model = createModel(JSON.parse(new TextDecoder().decode(card)), weights);
    });
    entry.promise.catch(() => models.delete(name));
    models.set(name, entry);
  }
  return models.get(name).promise;
}
