// Trains in Node what a test asks for: [[cell, settings, how], ...] as JSON on the standard input.

import { readFileSync } from "node:fs";

import { gradientOf, lossAlong, train } from "../../../../gateviz/viewer/js/clipping/small_training.js";
import { drawNetwork } from "../../../../gateviz/viewer/js/lab/drawn_network.js";
import { BEGINS } from "../../../../gateviz/viewer/js/lab/settings.js";

const asked = JSON.parse(readFileSync(0, "utf-8"));
const found = asked.map(([cell, settings, how]) => {
  const network = drawNetwork(cell, { ...BEGINS, ...settings });
  const { losses, norms } = train(network, how);
  const along = lossAlong(network, gradientOf(network), { low: -0.1, high: 0.3, places: 5 });
  return { losses: losses.map(String), norms: norms.map(String), along };
});
console.log(JSON.stringify(found));
