// Reads a text under holds as a page does, from a real server: {base, picture, cell, text, holds, other} on stdin. The engine is
// asked first, and the server where the weights do not come; what was read, and why not by the engine, goes to stdout.

import { readFileSync } from "node:fs";
import { askServer } from "../../../../gateviz/app/components/ask_server.js";
import { unpack } from "../../../../gateviz/viewer/js/picture/unpack.js";
import { createSentenceReader } from "../../../../gateviz/viewer/js/reading/sentence_reader.js";
import { createServerReader } from "../../../../gateviz/viewer/js/reading/server_reader.js";

const { base, picture, cell, text, holds, other } = JSON.parse(readFileSync(0, "utf-8"));
const { header } = await unpack(Buffer.from(picture, "base64"));
async function fetchModel(name) {
  const answer = await fetch(`${base}/_gateviz/models/${name}`);
  if (!answer.ok) throw new Error(`${answer.status} for ${name}`);
  return new Uint8Array(await answer.arrayBuffer());
}
const ask = (name, body) => askServer(name, body, base);
const refused = await createSentenceReader(header, fetchModel).ready([cell]).then(() => null, (error) => error.message);
const found = await createServerReader(header, ask).readSoon(cell, text, { holds, other }).catch((error) => ({ problem: error.message }));
const plain = (_, value) => (value instanceof Float32Array ? Array.from(value) : value);
process.stdout.write(JSON.stringify({ refused, ...found }, plain));
