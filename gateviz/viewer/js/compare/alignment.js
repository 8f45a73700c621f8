// Which steps of two texts belong together, as models/alignment.py, which says how.

/**
 * For each step of a text, the step of the other text that belongs to it; null if there is none.
 * @param {string[]} tokens What is read at each step of the one text.
 * @param {string[]} others The same of the other text.
 * @param {?[number, number]} decoders At which step of each the decoder begins, if the model has one.
 * @returns {(number|null)[]}
 */
export function alignedSteps(tokens, others, decoders = null) {
  if (!decoders) return aligned(tokens, others);
  const [first, otherFirst] = decoders;
  const written = tokens.slice(first).map((_, place) => otherFirst + place);
  return [...aligned(tokens.slice(0, first), others.slice(0, otherFirst)), ...written.map((step) => (step < others.length ? step : null))];
}

function aligned(tokens, others) {
  const shorter = Math.min(tokens.length, others.length);
  let begin = 0;
  while (begin < shorter && tokens[begin] === others[begin]) begin += 1;
  let end = 0;
  while (end < shorter - begin && tokens.at(-1 - end) === others.at(-1 - end)) end += 1;
  const [longer, otherEnd] = [others.length - tokens.length, others.length - end];
  return tokens.map((_, step) => (step >= tokens.length - end ? step + longer : step < otherEnd ? step : null));
}

/**
 * The columns in which the two stand under each other: [step, other step], null where a text has no token.
 * @param {(number|null)[]} steps As alignedSteps() gives them.
 * @param {number} count How many steps the other text has.
 * @returns {[?number, ?number][]}
 */
export function columnsOf(steps, count) {
  const columns = [];
  let next = 0; // the first step of the other text that has no column yet
  for (const [step, other] of steps.entries()) {
    for (; other !== null && next < other; next++) columns.push([null, next]);
    columns.push([step, other]);
    if (other !== null) next = other + 1;
  }
  for (; next < count; next++) columns.push([null, next]);
  return columns;
}
