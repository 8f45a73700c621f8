// Reads a text as the models of a packed picture do: {picture, folder, text} on stdin, what was read on stdout.

import { readFileSync } from "node:fs";
import { unpack } from "../../../../gateviz/viewer/js/picture/unpack.js";
import { pictureOf } from "../../../../gateviz/viewer/js/reading/picture_of_text.js";
import { createSentenceReader } from "../../../../gateviz/viewer/js/reading/sentence_reader.js";

const { picture, files, text } = JSON.parse(readFileSync(0, "utf-8"));
const { header } = await unpack(Buffer.from(picture, "base64"));
const reader = createSentenceReader(header, async (name) => new Uint8Array(readFileSync(`${files}/${name}`)));
await reader.ready();
const readings = Object.fromEntries(header.cells.map((cell) => [cell, reader.read(cell, text)]));
const made = pictureOf(header, text, readings);
const plain = (value) => (value instanceof Float32Array ? Array.from(value) : value);
process.stdout.write(JSON.stringify({ header: made.header, signals: made.signals }, (_, value) => plain(value)));
