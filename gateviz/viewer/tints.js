// What the text can be coloured by: the surprise at each token, or any signal of one unit. A bar under the token says
// the same, so that no one needs the colour, and so does its title.

const MOST_BITS = 8; // the end of the scale; a uniform guess among eighty characters is 6.3 bits

/** `choices` by cell for the select; `at(choice, step, unit)` is what one token shows, or null where there is nothing. */
function createTints(picture, scale, theme) {
  const { header, signals } = picture;
  const { words, units, limits, expected, cells } = header;
  const table = colourTable(header.surprise[theme]);
  const hasSurprise = (cell) => (expected[cell]?.surprise ?? []).some((bits) => bits !== null);
  const choices = cells.map((cell) => ({
    cell,
    names: [...(hasSurprise(cell) ? ["surprise"] : []), ...Object.keys(signals[cell])],
  }));
  let asked = false;
  const first = cells.includes("lstm") ? "lstm" : cells.at(-1);

  /** The choice, if this picture has it, else the surprise of the LSTM or of the last, else none. */
  function valid(choice) {
    const known = (wanted) => choices.some(({ cell, names }) => names.some((name) => wanted === `${cell}:${name}`));
    return choice === "none" ? choice : ([choice, `${first}:surprise`].find(known) ?? "none");
  }
  function at(choice, step, unit) {
    const [cell, name] = choice.split(":");
    if (choice === "none") return null;
    const value = name === "surprise" ? (step ? expected[cell].surprise[step - 1] : null) : signals[cell][name][step * units[cell] + unit];
    if (value === null || !Number.isFinite(value)) return null;
    if (name === "surprise") {
      const share = Math.min(1, value / MOST_BITS);
      return { value, share, css: table[Math.round(255 * share)], text: fill(words.bits, { bits: decimals(value, 1) }) };
    }
    const share = Math.min(1, Math.abs(value) / (limits[name] ?? 1));
    return { value, share, css: scale.css(name, value), text: `${words.symbols[cell][name]} = ${decimals(value, 3)}` };
  }
  /** How much of what a choice shows has come; what has not is asked for. */
  function known(choice) {
    const last = header.tokens.length - 1;
    if (choice === "none" || choice.endsWith(":surprise") || picture.has(0, last)) return 0;
    if (!asked) picture.get(0, last);
    asked = true;
    return -1 - picture.spans().length;
  }
  return { choices, valid, at, known };
}

/** Black or white, whichever is read better on that colour: never under 4.5 to 1. */
function inkOn(css) {
  const [red, green, blue] = parseColour(css).map((channel) => (channel <= 10.3 ? channel / 3294.6 : ((channel / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000" : "#fff";
}
