// What the viewer makes of holds: {picture, files, jobs: [{cell, hold, other}]} on stdin; of each job what was read, and what the cell
// says in the end.

import { readFileSync } from "node:fs";
import { endingNow } from "../../../../gateviz/viewer/js/column/ending_rules.js";
import { numbersUnder } from "../../../../gateviz/viewer/js/hand/held_numbers.js";
import { readHolds } from "../../../../gateviz/viewer/js/hand/holds.js";
import { unpack } from "../../../../gateviz/viewer/js/picture/unpack.js";
import { createSentenceReader } from "../../../../gateviz/viewer/js/reading/sentence_reader.js";

const { picture, files, jobs } = JSON.parse(readFileSync(0, "utf-8"));
const { header } = await unpack(Buffer.from(picture, "base64"));
const reader = createSentenceReader(header, async (name) => new Uint8Array(readFileSync(`${files}/${name}`)));
await reader.ready();
const found = jobs.map(({ cell, hold, other }) => {
  const { signals, expected } = numbersUnder({ header, reader }, cell, readHolds(hold).holds, other);
  return { signals, expected, ending: endingNow(header.opening.endings[cell], expected) };
});
process.stdout.write(JSON.stringify(found, (_, value) => (value instanceof Float32Array ? Array.from(value) : value)));
