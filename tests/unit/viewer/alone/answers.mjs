// What stands above a sentence that nobody has computed more of: {picture, texts} on stdin, the opening on stdout.

import { readFileSync } from "node:fs";
import { openingOfAnswers } from "../../../../gateviz/viewer/js/alone/answers_at_end.js";
import { unpack } from "../../../../gateviz/viewer/js/picture/unpack.js";

const { picture, texts } = JSON.parse(readFileSync(0, "utf-8"));
const read = await unpack(Buffer.from(picture, "base64"));
process.stdout.write(JSON.stringify(openingOfAnswers(read, texts)));
