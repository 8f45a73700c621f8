// What the page's equations give: reads {name: payload in base64, forms, places} and prints the signals and the lines of each form.

import { readFileSync } from "node:fs";
import { numberLines, symbolLine } from "../../../../gateviz/viewer/js/hood/equation_lines.js";
import { evaluateStep, gatesIn, givenAt, readForm } from "../../../../gateviz/viewer/js/hood/evaluate.js";
import { createLayer, readingOrder } from "../../../../gateviz/viewer/js/hood/layer_numbers.js";
import { mixUpsOf, statesWith, stateWith } from "../../../../gateviz/viewer/js/hood/mix_ups.js";
import { unpackExact } from "../../../../gateviz/viewer/js/hood/unpack_exact.js";

const jobs = JSON.parse(readFileSync(0, "utf8"));
const answers = [];
for (const { payload, places } of jobs) {
  const { header, arrays } = await unpackExact(new Uint8Array(Buffer.from(payload, "base64")));
  const layer = createLayer({ header, arrays });
  const forms = Object.fromEntries(header.forms.map((form) => [form.name, readForm(form)]));
  const mixUps = mixUpsOf(layer.cell, forms);
  const whole = mixUps.map((mixUp) => statesWith(mixUp, layer, readingOrder(header)));
  const steps = places.map(({ step, unit }) => {
    const byForm = Object.values(forms).map((form) => {
      const { values, signals } = evaluateStep(form, gatesIn(form, layer.gates(step)), givenAt(layer, step));
      const lines = form.steps.map((equation) => numberLines(equation, (node) => values.get(node)[unit]).map((terms) => terms.map((term) => (typeof term === "string" ? term : (term.shown ?? term.value).toFixed(term.places))).join("")));
      const symbols = form.steps.map((equation) => symbolLine(equation, form, { units: layer.units, width: layer.width(0) }).map((term) => (typeof term === "string" ? term : `${term.symbol.name}[${term.shape}]`)).join(""));
      return [form.name, { signals: Object.fromEntries(Object.entries(signals).map(([name, all]) => [name, [...all]])), lines, symbols }];
    });
    const mistakes = mixUps.map((mixUp, at) => ({ kind: mixUp.kind, here: [...stateWith(mixUp, layer, step)], whole: [...whole[at].subarray(step * layer.units, (step + 1) * layer.units)] }));
    return { forms: Object.fromEntries(byForm), mistakes };
  });
  answers.push(steps);
}
console.log(JSON.stringify(answers));
