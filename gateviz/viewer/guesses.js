// What a model expected next: its best guesses as bars, beside what came.

function createGuesses(cell, header) {
  const { expected, words, tokens } = header;
  const { guesses, probabilities, came, surprise } = expected[cell];
  const rows = (guesses[0] ?? []).map((_, rank) => {
    const parts = {
      token: make("span", { className: "guess-token" }),
      bar: make("span", { className: "guess-bar" }),
      value: make("span", { className: "guess-value" }),
    };
    const track = make("span", { className: "guess-track", children: [parts.bar] });
    const element = make("li", { className: "guess", attributes: { "data-guess": rank }, children: [parts.token, track, parts.value] });
    return { element, ...parts };
  });
  const next = make("span", { className: "guess-token" });
  const verdict = make("span", { className: "verdict" });
  const element = make("div", {
    className: "guesses",
    children: [
      make("div", { className: "caption", text: words.expects }),
      make("ol", { children: rows.map((row) => row.element) }),
      make("div", { className: "came", children: [make("span", { className: "caption", text: words.came }), next, verdict] }),
    ],
  });

  function show(step) {
    const coming = tokens[step + 1];
    const asked = came[step] !== null || !coming?.known; // an encoder only reads: what comes is not what it was asked
    const following = asked ? coming?.text : undefined;
    rows.forEach((row, rank) => {
      const [guess, share] = [guesses[step][rank], probabilities[step][rank]];
      writeToken(row.token, guess);
      row.bar.style.backgroundSize = `${(100 * share).toFixed(2)}% 100%`;
      write(row.value, probability(share));
      row.value.dataset.value = share;
      row.element.classList.toggle("hit", guess === following);
    });
    if (following === undefined) {
      next.textContent = "";
      next.className = "guess-token empty";
      write(verdict, asked ? words.end : "");
    } else {
      writeToken(next, following);
      write(
        verdict,
        came[step] === null
          ? words.came_unknown
          : fill(words.verdict, { probability: probability(came[step]), bits: decimals(surprise[step], 1) }),
      );
    }
    verdict.dataset.value = came[step] ?? "";
  }
  return { element, show };
}

function writeToken(element, token) {
  const shown = glyph(token);
  const kind = shown === token ? "guess-token" : "guess-token sign";
  write(element, shown);
  if (element.className !== kind) element.className = kind;
}
