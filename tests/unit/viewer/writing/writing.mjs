// Writes on from a packed picture as the page does: {picture, files, settings, holds} on stdin; what each sheet shows on stdout.

import { readFileSync } from "node:fs";
import { unpack } from "../../../../gateviz/viewer/js/picture/unpack.js";
import { createSentenceReader } from "../../../../gateviz/viewer/js/reading/sentence_reader.js";
import { createEngineWriter } from "../../../../gateviz/viewer/js/writing/cell_writers.js";
import { initialSettings, plansOf } from "../../../../gateviz/viewer/js/writing/plans.js";
import { createSheet } from "../../../../gateviz/viewer/js/writing/sheet.js";

const { picture, files, settings, holds } = JSON.parse(readFileSync(0, "utf-8"));
const sent = await unpack(Buffer.from(picture, "base64"));
sent.reader = createSentenceReader(sent.header, async (name) => new Uint8Array(readFileSync(`${files}/${name}`)));
await sent.reader.ready();
const { header, reader } = sent;
const wanted = { ...initialSettings(), ...settings };
const first = reader.model(header.cells[0]);
const sheets = plansOf(first, header.text, wanted).map((plan) => {
  const sheet = createSheet(sent, { id: "written", text: plan.prompt, steps: plan.steps, given: first.tokenizer.tokenize(plan.prompt).length });
  const own = (cell) => holds.filter((hold) => hold.cell === cell);
  sheet.start(Object.fromEntries(header.cells.map((cell) => [cell, createEngineWriter(sent, cell, plan, wanted, own(cell))])));
  while (sheet.advance());
  const { tokens, expected, written } = sheet.picture.header;
  const probabilities = Object.fromEntries(header.cells.map((cell) => [cell, sheet.rows.map((row) => row[cell]?.probability ?? null)]));
  return { texts: Object.fromEntries(header.cells.map((cell) => [cell, sheet.textOf(cell)])), tokens, expected, written, probabilities, signals: sheet.picture.signals };
});
process.stdout.write(JSON.stringify(sheets, (_, value) => (value instanceof Float32Array ? Array.from(value) : value)));
