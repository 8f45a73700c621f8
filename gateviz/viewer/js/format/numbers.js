// Numbers as texts: fixed decimals, and a real minus sign.

export const MINUS = "−";

const SUPERSCRIPTS = { "-": "⁻", "+": "", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

export function decimals(value, places = 2) {
  if (!Number.isFinite(value)) return "–";
  const text = Math.abs(value).toFixed(places);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

/** A number at the end of a scale, in a few digits: 29.7, 1, −0.05. */
export function brief(value) {
  const text = String(Number(Math.abs(value).toPrecision(Math.abs(value) < 1 ? 2 : 3)));
  return value < 0 ? MINUS + text : text;
}

/** How many decimals a number of this size needs to show about three digits. */
export function placesFor(size) {
  return Math.abs(size) >= 100 ? 0 : Math.abs(size) >= 10 ? 1 : 3;
}

/** A probability without its leading zero, as in tables of papers: .83 */
export function probability(value) {
  if (!Number.isFinite(value)) return "–";
  return value >= 0.995 ? "1.0" : value < 0.005 ? "<.01" : value.toFixed(2).slice(1);
}

/** 0.00123 as 1.2·10⁻³ */
export function scientific(value, places = 1) {
  if (value === 0) return "0";
  const [mantissa, exponent] = value.toExponential(places).split("e");
  return `${mantissa}·10${superscript(exponent)}`;
}

/** The number whose log10 this is, as 1.2·10⁻³⁹⁹: it may be beyond the range of numbers. */
export function scientificOf(log, places = 1) {
  if (log === -Infinity) return "0";
  if (!Number.isFinite(log)) return "–";
  const power = Math.floor(log);
  const mantissa = (10 ** (log - power)).toFixed(places);
  return Number(mantissa) >= 10 ? scientificOf(power + 1, places) : `${mantissa}·10${superscript(power)}`;
}

/** The same number as it is read: 1.1, 0.05, 3·10⁻¹² */
export function readableOf(log) {
  return log >= -2 && log < 3 ? decimals(10 ** log, log < 0 ? 2 : 1) : scientificOf(log, 0);
}

/** 3 as 10³ */
export function powerOfTen(power) {
  return power === 0 ? "1" : power === 1 ? "10" : `10${superscript(power)}`;
}

/** A whole number as an exponent: ⁻²⁶ */
export function superscript(number) {
  return [...String(number)].map((sign) => SUPERSCRIPTS[sign]).join("");
}

/** The value of a data attribute: six digits, or nothing where there is no number. */
export function exactText(value) {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : "";
}
