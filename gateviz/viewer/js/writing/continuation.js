// How one picture's sentence is gone on with: by the engine, as a plain text or as quatrains, or as its decoders have written it.

import { rhymesOf, writesPoems } from "../engine/poems.js";
import { createEngineWriter, createReplay } from "./cell_writers.js";
import { plansOf } from "./plans.js";
import { createSheet } from "./sheet.js";

/**
 * @param {Picture} sent
 * @returns {?object} null where nothing can be written: classes and numbers, or weights that cannot be had.
 */
export function createContinuation(sent) {
  const { header, reader } = sent;
  const { kind, asked_from: askedFrom } = header.expected[header.cells[0]];
  const isReplay = kind === "text";
  if (!isReplay && !(kind === "next" && reader)) return null;
  const model = () => reader.model(header.cells[0]);

  /** @throws {Error} The weights cannot be had. */
  const ready = async () => isReplay || reader.ready();
  /** Whether the models, once they are there, write quatrains. */
  const isPoem = () => !isReplay && reader.isReady(header.cells[0]) && writesPoems(model());
  /** The rhymes of models that write quatrains; null of others. */
  const rhymes = () => (isPoem() ? rhymesOf(model()) : null);

  /** @throws {PoemError} */
  const plans = (settings) => (isReplay ? [null] : plansOf(model(), header.text, settings));

  function sizeOf(plan) {
    if (!plan) return { text: header.text, steps: header.tokens.length, given: askedFrom + 1 };
    return { text: plan.prompt, steps: plan.steps, given: model().tokenizer.tokenize(plan.prompt).length };
  }
  /** A sheet for each plan; those of before where they have the same sizes. `name` is one that no other picture has. */
  function sheetsFor(wanted, before, name) {
    const sizes = wanted.map(sizeOf);
    const isSame = sizes.length === before.length && sizes.every(({ given, steps }, place) => given === before[place].given && steps === before[place].steps);
    return isSame ? before : sizes.map((size, place) => createSheet(sent, { ...size, id: `${header.id} ${name}.${place}` }));
  }
  /** Give each sheet its writers; what is held stays held. */
  function start(sheets, wanted, settings, holds) {
    const writer = (cell, plan) => (plan ? createEngineWriter(sent, cell, plan, settings, holds.filter((hold) => hold.cell === cell)) : createReplay(sent, cell));
    for (const [place, sheet] of sheets.entries()) sheet.start(Object.fromEntries(header.cells.map((cell) => [cell, writer(cell, wanted[place])])));
  }
  return { isReplay, isPoem, rhymes, ready, plans, sheetsFor, start };
}
