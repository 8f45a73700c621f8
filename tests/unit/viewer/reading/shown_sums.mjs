// The sums that a picture's equations show: {picture, files, clamps} on stdin; by cell and signal, for each step and unit,
// [inputs, recurrent, bias, recurrentBias, total] on stdout. With clamps the picture shows what is held.

import { readFileSync } from "node:fs";
import { createGateSums } from "../../../../gateviz/viewer/js/picture/gate_sums.js";
import { allowOtherNumbers } from "../../../../gateviz/viewer/js/picture/other_numbers.js";
import { readPicture } from "../../../../gateviz/viewer/js/picture/pieces.js";
import { createReader } from "../../../../gateviz/viewer/js/picture/signals.js";
import { createSentenceReader } from "../../../../gateviz/viewer/js/reading/sentence_reader.js";

const { picture: bytes, files, clamps } = JSON.parse(readFileSync(0, "utf-8"));
const picture = allowOtherNumbers(await readPicture(new Uint8Array(Buffer.from(bytes, "base64"))));
const { header } = picture;
picture.reader = createSentenceReader(header, async (name) => new Uint8Array(readFileSync(`${files}/${name}`)));
await picture.reader.ready();
const found = {};
for (const cell of header.cells) {
  if (clamps.length) picture.put(cell, picture.reader.read(cell, header.text, { clamps }));
  const at = createGateSums(cell, picture, createReader(cell, picture));
  const parts = (signal, step, unit) => {
    const sum = at(signal, step, unit);
    return sum && [sum.inputs, sum.recurrent, sum.bias, sum.recurrentBias ?? 0, sum.total];
  };
  found[cell] = Object.fromEntries(Object.keys(picture.signals[cell]).map((signal) => [
    signal,
    header.tokens.map((_, step) => Array.from({ length: header.units[cell] }, (_unit, unit) => parts(signal, step, unit))),
  ]));
}
process.stdout.write(JSON.stringify(found));
