// Compares sentences as the viewer does: [{picture, files, text}, ...] on stdin, what it shows of each on stdout.

import { readFileSync } from "node:fs";
import { livesOf, readBeside } from "../../../../gateviz/viewer/js/compare/compared.js";
import { partsOf } from "../../../../gateviz/viewer/js/compare/life_words.js";
import { allowOtherNumbers } from "../../../../gateviz/viewer/js/picture/other_numbers.js";
import { readPicture } from "../../../../gateviz/viewer/js/picture/pieces.js";
import { createSentenceReader } from "../../../../gateviz/viewer/js/reading/sentence_reader.js";

async function compare({ picture: packed, files, text }) {
  const picture = await readPicture(new Uint8Array(Buffer.from(packed, "base64")));
  picture.reader = createSentenceReader(picture.header, async (name) => new Uint8Array(readFileSync(`${files}/${name}`)));
  allowOtherNumbers(picture);
  const compared = await readBeside(picture, text);
  const lives = livesOf(picture, compared);
  const { tokens, steps, columns, expected, signals } = compared;
  return { tokens, steps, columns, expected, signals, lives, parts: partsOf(picture.header, compared, lives) };
}

const plain = (_, value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
const jobs = JSON.parse(readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(await Promise.all(jobs.map(compare)), plain));
