// What is held, in words. Steps count from 1 in words, and from 0 in links.

import { decimals } from "../format/numbers.js";
import { fill } from "../format/texts.js";

/** "LSTM forget gate held at 0.00 from step 10 on" */
export function sayHold(hold, { texts, layer, direction }) {
  const { cell, signal, unit, value } = hold;
  const here = hold.layer === layer && hold.direction === direction;
  const elsewhere = here ? "" : fill(texts.hold.layer, { layer: hold.layer + 1, direction: texts.hold[hold.direction] });
  const [own] = (texts.signals[cell][signal] ?? signal).split(/[:：]/); // without what its value means
  const name = own + elsewhere;
  const what = unit === null ? name : fill(texts.hold.unit, { signal: name, unit });
  const how = typeof value === "number" ? fill(texts.hold.value, { value: decimals(value, 2) }) : texts.hold[value];
  return fill(texts.hold.line, { cell: texts.cells[cell], what, how, when: sayWhen(hold, texts) });
}

/** "from step 10 on" */
function sayWhen({ from, to }, texts) {
  const words = { first: from + 1, last: (to ?? 0) + 1 };
  if (to === from) return fill(texts.hold.alone, words);
  if (to !== null) return fill(texts.hold.between, words);
  return from ? fill(texts.hold.from, words) : texts.hold.everywhere;
}
