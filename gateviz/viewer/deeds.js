// One sentence under each cell: what its units did at this step. A gate over 0.9 is open and under 0.1 shut, the
// thresholds of saturation (Karpathy, Johnson and Fei-Fei 2016).

const OPEN = 0.9;
const SHUT = 0.1;

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
  return { units: at("hidden_state", step).length, turned: before ? count("hidden_state", (value, unit) => value * before[unit] < 0) : 0 };
}

function createDeeds(cell, { words }, at, earlier) {
  const element = make("p", { className: "deeds", attributes: { title: words.deeds_title[cell], "data-deeds": cell } });
  return { element, show: (step, known) => write(element, known ? fill(words.deeds[cell], deedsOf(cell, at, earlier, step)) : "–") };
}
