// The terms of which an equation's lines are made. A term is a string that stands as it is, a letter, or a number.

import { decimals, exactText, MINUS } from "../format/numbers.js";
import { make } from "../page/elements.js";

/** A letter with its index: h_t. */
export const symbol = (letter, index = "t") => ({ letter, index });

/** A weight or a bias: W_f, b_f. */
export const weight = (letter, index) => ({ letter, index });

/** A signal's value at this step. */
export const current = (signal, value) => ({ signal, value, places: 3 });

/** What stands in the place of numbers that are on their way: words, or as "number" a mark as wide as a number. */
export const quiet = (text, kind = "words") => ({ quiet: text, kind });

/** A state's value at the step before. */
export const previous = (signal, value) => ({ part: `previous_${signal}`, value, places: 3 });

/** A part of a sum: a number, or a summand of roundedSummands(). */
export const part = (name, value, places = 3) => ({ part: name, value: value.exact ?? value, shown: value.shown, places });

/** What the equation gives. */
export const result = (signal, value) => ({ signal, part: "result", value, places: 3 });

/** " + 0.45" or " − 0.45": the sign of a summand that is not the first stands apart from it. */
export function plus(name, value, places = 3) {
  const shown = value.shown ?? value;
  const isNegative = decimals(shown, places).startsWith(MINUS);
  return [isNegative ? ` ${MINUS} ` : " + ", { ...part(name, value, places), shown: Math.abs(shown) }];
}

/** Summands rounded so that they add up to the rounded total, to the last digit: the largest takes the difference. */
export function roundedSummands(values, total, places) {
  const unit = 10 ** -places;
  const multiples = values.map((value) => Math.round(value / unit));
  const largest = values.reduce((best, value, index) => (Math.abs(value) > Math.abs(values[best]) ? index : best), 0);
  multiples[largest] += Math.round(total / unit) - multiples.reduce((sum, value) => sum + value, 0);
  return values.map((exact, index) => ({ exact, shown: multiples[index] * unit }));
}

/** A term as a node; a number carries its exact value, and whose it is. */
export function typeset(term, cell, unit) {
  if (typeof term === "string") return term;
  if (term.letter) {
    const index = term.index && make("sub", { text: term.index });
    return make("span", { className: "eq-symbol", children: [make("i", { text: term.letter }), ...(index ? [index] : [])] });
  }
  if (term.quiet) return make("span", { className: `eq-quiet ${term.kind}`, text: term.quiet });
  const { signal, part: name, value, shown = value, places } = term;
  const element = make("span", { className: name === "result" ? "eq-result" : "eq-number", text: decimals(shown, places) });
  element.dataset.value = exactText(value);
  if (name) element.dataset.part = name;
  if (signal) Object.assign(element.dataset, { signal, cell, unit });
  return element;
}
