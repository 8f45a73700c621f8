// Does with the engine what a test asks for: {model, calls: [[what, ...arguments], ...]} as JSON on the standard input, for a
// folder with a card and weights. Prints the results as JSON; an array of numbers is {f64: base64}.

import { readFileSync } from "node:fs";

import { runNetwork } from "../../../../gateviz/viewer/js/engine/network.js";
import { createWriter } from "../../../../gateviz/viewer/js/engine/generation.js";
import { createModel } from "../../../../gateviz/viewer/js/engine/model.js";
import { acrostic, quatrain } from "../../../../gateviz/viewer/js/engine/poems.js";
import { gateSum } from "../../../../gateviz/viewer/js/engine/sums.js";

const CALLS = {
  tokenize: (model, text) => model.tokenizer.tokenize(text).map(({ text: typed, id }) => [typed, id]),
  read: (model, text, how) => found(model.read(text, how)),
  gradients: (model, text, step) => {
    const { loss, inputs, layers } = model.gradients(text, step);
    return { loss, inputs, layers: layers.map(({ direction, direct, hidden_state, cell_state }) => ({ direction, direct, hidden_state, cell_state })) };
  },
  generate: (model, prompt, how) => [...model.generate(prompt, how)].map(({ text, id, probability }) => [text, id, probability]),
  poem: (model, { first = "", heads, form = null, rhyme = null, seed = 0, ...sampling }) => {
    const poems = heads ? acrostic(model, heads, form, rhyme, seed) : [quatrain(model, first, form, rhyme, seed)];
    return poems.map(({ prompt, how }) => [...model.generate(prompt, { ...how, ...sampling })].reduce((text, token) => text + token.text, prompt));
  },
  held: (model, prompt, clamp, from, how) => {
    const next = createWriter(model, prompt, { ...how, clampsAt: (step) => (step >= from ? [clamp] : []) });
    const tokens = [];
    for (let token = next(); token; token = next()) tokens.push(token);
    const { scores, layers } = tokens.at(-1);
    return { texts: tokens.map(({ text }) => text), scores, last: layers.map(({ index, direction, signals }) => ({ index, direction, signals })) };
  },
  sums: (model, text, place, asked) => {
    const stretches = model.stretches(text, place);
    return asked.map(({ which, states }) => {
      const { products, ...parts } = gateSum(model.config.cell, stretches, which, states);
      return { ...parts, products: products.filter(({ product }) => product).slice(0, 5) };
    });
  },
  run: ({ config, network }, inputs, how) => found({ ...runNetwork(config.cell, network, inputs, how), answers: [], tokens: [] }),
};

function found({ tokens, layers, answers, final }) {
  return { tokens, answers, final, layers: layers.map(({ index, direction, signals }) => ({ index, direction, signals })) };
}

function answer(call) {
  try {
    return call();
  } catch (error) {
    if (error instanceof RangeError) return { refused: error.message };
    throw error;
  }
}

const unpacked = (_key, value) => (value?.f64 ? new Float64Array(new Uint8Array(Buffer.from(value.f64, "base64")).buffer) : value);
const packed = (_key, value) => (value instanceof Float64Array ? { f64: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64") } : value);

const jobs = JSON.parse(readFileSync(0, "utf-8"), unpacked);
const results = jobs.map(({ model: folder, calls }) => {
  const model = createModel(JSON.parse(readFileSync(`${folder}/card.json`, "utf-8")), new Uint8Array(readFileSync(`${folder}/model.safetensors`)));
  return calls.map(([what, ...given]) => answer(() => CALLS[what](model, ...given)));
});
console.log(JSON.stringify(results, packed));
