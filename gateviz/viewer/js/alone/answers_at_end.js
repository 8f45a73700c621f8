// What stands above a sentence for which nobody has computed more: what each cell says in the end. It begins where most happens.

import { endingNow } from "../column/ending_rules.js";
import { decimals } from "../format/numbers.js";
import { createReader, sharedUnits, stepBefore } from "../picture/signals.js";

/**
 * The opening of a picture, in the form of packing/openings.py: what changes in its header.
 * @param {{header: object, signals: object}} picture
 * @param {Object<string, string>} texts Of the page.
 */
export function openingOfAnswers(picture, texts) {
  const { cells, expected } = picture.header;
  const said = cells.map((cell) => ENDINGS[expected[cell].kind](expected[cell], texts));
  const name = (place) => ({ text: picture.header.texts.cells[cells[place]] });
  const joint = { text: texts.joint, tells: true };
  const each = said.flatMap(({ template, ending: { answer, value } }, place) => [
    ...(place ? [joint] : []),
    ...compose(template, { cell: name(place), answer: { text: answer }, value: numberPart(value) }).map((part) => ({ ...part, tells: true })),
  ]);
  const parts = compose(said[0].isAverage ? texts.on_average : texts.at_end, { said: each });
  const { step, unit } = mostHappens(picture);
  const endings = Object.fromEntries(cells.map((cell, place) => [cell, said[place].ending]));
  return { step, unit, tries: [], opening: { step, unit, parts, endings } };
}

const ENDINGS = { class: endingOfClass, value: endingOfValue, text: endingOfWriting, next: endingOfGuesses };

function endingOfClass(expected, texts) {
  return byRule({ kind: "class" }, expected, { template: texts.says, before: texts.ending_says });
}

function endingOfValue(expected, texts) {
  return byRule({ kind: "value" }, expected, { template: texts.says_number, before: texts.ending_says });
}

/** The mean of what surprised it; where nothing could, what it expects after the last token. */
function endingOfGuesses(expected, texts) {
  if (expected.surprise.every((bits) => bits === null)) return byRule({ kind: "guess" }, expected, { template: texts.expects, before: texts.ending_expects });
  const words = { template: texts.surprises, before: texts.ending_on_average, after: texts.ending_bits };
  return { ...byRule({ kind: "surprise" }, expected, words), isAverage: true };
}

function endingOfWriting(expected, texts) {
  return byRule({ kind: "written" }, expected, { template: texts.writes, before: texts.ending_writes });
}

/** An ending that follows its rule when something is held (column/ending_rules.js). */
function byRule(rule, expected, { template, before, after = "" }) {
  return { template, ending: { before, ...endingNow({ rule, after }, expected), rule } };
}

function numberPart(value) {
  return value === null ? { text: "" } : { text: decimals(value), value };
}

/** "At {place}, {that}" as parts: each hole becomes its part, or its parts. */
function compose(template, holes) {
  return template.split(/(\{\w+\})/).filter(Boolean).flatMap((piece) => {
    return piece.startsWith("{") ? holes[piece.slice(1, -1)] : { text: piece };
  });
}

/** The step at which the state of the cell with gates changes most, and the unit that changes most there. */
function mostHappens(picture) {
  const { header, signals } = picture;
  const cell = ["lstm", "gru", "rnn"].find((one) => header.cells.includes(one));
  const { at } = createReader(cell, picture);
  const name = signals[cell].cell_state ? "cell_state" : "hidden_state";
  const shared = sharedUnits(header);
  let [most, step, unit] = [-1, 0, 0];
  for (const place of header.tokens.keys()) {
    const [now, earlier] = [at(name, place), stepBefore(header, place)];
    const then = earlier === null ? null : at(name, earlier);
    const change = Array.from(now, (value, index) => Math.abs(value - (then ? then[index] : 0)));
    const sum = change.reduce((total, one) => total + one, 0);
    const first = change.slice(0, shared);
    if (sum > most) [most, step, unit] = [sum, place, first.indexOf(Math.max(...first))];
  }
  return { step, unit };
}
