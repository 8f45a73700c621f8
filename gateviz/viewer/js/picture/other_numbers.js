// A picture shows what Python sent, or other numbers in its place: what the engine computed while a hand holds a gate.

/** What Python sent of a cell while other numbers are shown in its place; null where nothing else is shown. */
export function plainBeside({ signals, plain }, cell) {
  return signals[cell] === plain.signals[cell] ? null : plain.signals[cell];
}

/**
 * Give a picture what it needs for that:
 *   plain               {signals, expected} as Python sent them
 *   put(cell, numbers)  show {signals, expected, stretches}, of sentence_reader.js, for a cell; null: the plain ones again
 *   puts                how often that was done
 *   stretches           by cell, of numbers that the engine computed: what the layer read, for the sums of the equations
 * Whoever draws looks up `signals[cell]` and `header.expected[cell]` each time, and `spans(cell)`.
 * @param {import("./pieces.js").Picture} picture
 */
export function allowOtherNumbers(picture) {
  if (picture.put) return picture;
  const { header, signals } = picture;
  const spansOfAll = picture.spans.bind(picture);
  const others = new Set(); // cells
  const plain = { signals, expected: header.expected, stretches: picture.stretches ?? {} };
  const put = (cell, numbers) => {
    picture.puts += 1;
    if (numbers) others.add(cell);
    else others.delete(cell);
    picture.signals[cell] = numbers?.signals ?? plain.signals[cell];
    picture.stretches[cell] = numbers?.stretches ?? plain.stretches[cell];
    header.expected[cell] = numbers?.expected ?? plain.expected[cell];
  };
  header.expected = { ...plain.expected };
  const spans = (cell) => (others.has(cell) ? [[0, header.tokens.length]] : spansOfAll());
  return Object.assign(picture, { signals: { ...signals }, stretches: { ...plain.stretches }, plain, put, puts: 0, spans });
}
