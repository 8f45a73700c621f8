// What the viewer shows under holds: {picture, files, calls: [[cell, holds, other], ...]} on stdin, the numbers on stdout.

import { readFileSync } from "node:fs";
import { numbersUnder } from "../../../../gateviz/viewer/js/hand/held_numbers.js";
import { readHolds } from "../../../../gateviz/viewer/js/hand/holds.js";
import { unpack } from "../../../../gateviz/viewer/js/picture/unpack.js";
import { createSentenceReader } from "../../../../gateviz/viewer/js/reading/sentence_reader.js";

const { picture, files, calls } = JSON.parse(readFileSync(0, "utf-8"));
const { header } = await unpack(Buffer.from(picture, "base64"));
const reader = createSentenceReader(header, async (name) => new Uint8Array(readFileSync(`${files}/${name}`)));
await reader.ready();
const found = calls.map(([cell, holds, other]) => {
  const { tokens, signals, expected } = numbersUnder({ header, reader }, cell, readHolds(holds).holds, other);
  return { tokens, signals, expected };
});
const plain = (_, value) => (value instanceof Float32Array ? Array.from(value) : value);
process.stdout.write(JSON.stringify(found, plain));
