// Measures in Node what a test asks for: [[cell, settings], ...] as JSON on the standard input.

import { readFileSync } from "node:fs";

import { measure } from "../../../../gateviz/viewer/js/lab/measure.js";
import { BEGINS } from "../../../../gateviz/viewer/js/lab/settings.js";

const asked = JSON.parse(readFileSync(0, "utf-8"));
const found = asked.map(([cell, settings]) => {
  const { hidden, cell: cellState, rate, slope } = measure(cell, { ...BEGINS, ...settings });
  return { hidden: [...hidden], cell: cellState && [...cellState], rate, slope };
});
console.log(JSON.stringify(found));
