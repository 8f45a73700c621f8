// One sentence under each cell: what its units did at this step. A gate over 0.9 is open and under 0.1 shut, the
// thresholds of saturation (Karpathy, Johnson and Fei-Fei 2016). Small models hardly have such gates: of these it says
// that the gates are half open, and only what there is to be counted.

const OPEN = 0.9;
const SHUT = 0.1;
const FEW = 0.1; // of the units: where nothing is done by more, the gates are said to be half open

/** {name: number of units} for the sentence of that cell; at(signal, step) gives all units, earlier(signal, step) those of the step before or null. */
function deedsOf(cell, at, earlier, step) {
  const count = (signal, test) => {
    const values = at(signal, step);
    let found = 0;
    for (let unit = 0; unit < values.length; unit++) if (test(values[unit], unit)) found++;
    return found;
  };
  const open = (signal) => count(signal, (value) => value > OPEN);
  const shut = (signal) => count(signal, (value) => value < SHUT);
  if (cell === "lstm") return { kept: open("forget_gate"), forgot: shut("forget_gate"), wrote: open("input_gate"), read: open("output_gate") };
  if (cell === "gru") return { kept: open("update_gate"), renewed: shut("update_gate"), reset: shut("reset_gate") };
  const before = earlier("hidden_state", step);
  return { turned: before ? count("hidden_state", (value, unit) => value * before[unit] < 0) : 0 };
}

function createDeeds(cell, header, at, earlier) {
  const { words, units } = header;
  const element = make("p", { className: "deeds", attributes: { title: words.deeds_title[cell], "data-deeds": cell } });
  return { element, show: (step, known) => write(element, known ? sentenceOf(words, cell, deedsOf(cell, at, earlier, step), units[cell]) : "–") };
}

/** The parts of the sentence, of which each has one number in it, stand between bars in the catalogue. */
function sentenceOf(words, cell, deeds, units) {
  const parts = words.deeds[cell].split("|");
  const said = (part) => fill(part, { ...deeds, units });
  if (cell === "rnn" || Math.max(...Object.values(deeds)) >= FEW * units) return parts.map(said).join(words.joint);
  const done = parts.filter((part) => Object.entries(deeds).some(([name, count]) => count > 0 && part.includes(`{${name}}`)));
  return done.length ? [...done.map(said), words.half_open].join(words.joint) : words.all_half_open;
}
