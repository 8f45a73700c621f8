// Numbers as they are shown: fixed decimals, a real minus sign, and the value itself in data-value for who must be exact.

const MINUS = "−";

function decimals(value, places = 2) {
  if (!Number.isFinite(value)) return "–";
  const text = Math.abs(value).toFixed(places);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

/** A probability without its leading zero, as in tables of the papers: .83 */
function probability(value) {
  if (!Number.isFinite(value)) return "–";
  return value >= 0.995 ? "1.0" : value < 0.005 ? "<.01" : value.toFixed(2).slice(1);
}

/** Write a number and what it exactly is; `text` nodes only, so nothing is laid out anew but the number. */
function showNumber(element, value, places = 2) {
  write(element, decimals(value, places));
  element.setAttribute("data-value", Number.isFinite(value) ? Number(value.toPrecision(6)) : "");
}

function meanOf(values) {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function rootMeanSquare(values) {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum / values.length);
}

/** How much of a signal flows at a step, over all units: the mean of a gate, the root mean square of a state. */
function summaryOf(signal, values) {
  return GATES.has(signal) ? meanOf(values) : rootMeanSquare(values);
}

/** "{n} of {total}" with its values put in. */
function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}
