// Times the engine in Node: {folders, text, clamps, step} as JSON on the standard input. Prints for each thing the milliseconds of
// every round, after as many rounds that warm up, and the last run's numbers, so that they can be compared.

import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

import { createModel } from "../gateviz/viewer/js/engine/model.js";

const ROUNDS = 60;

const { folders, text, clamps, step } = JSON.parse(readFileSync(0, "utf-8"));
const files = folders.map((folder) => [JSON.parse(readFileSync(`${folder}/card.json`, "utf-8")), new Uint8Array(readFileSync(`${folder}/model.safetensors`))]);
const models = files.map((parts) => createModel(...parts));
const done = {
  open: () => files.map((parts) => createModel(...parts)).length,
  read: () => models.map((model) => Array.from(model.read(text).layers[0].signals.hidden_state)),
  clamp: () => models.map((model) => Array.from(model.read(text, { clamps }).layers[0].signals.hidden_state)),
  gradients: () => models.map((model) => Array.from(model.gradients(text, step).layers[0].hidden_state)),
};
const results = Object.entries(done).map(([what, run]) => {
  const times = Array.from({ length: 2 * ROUNDS }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return [what, { times: times.slice(ROUNDS), numbers: run() }];
});
console.log(JSON.stringify(Object.fromEntries(results)));
