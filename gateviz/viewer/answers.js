// What a model answers after each token: what comes next (guesses.js), a class, or a number. The answers over the whole
// text stand under the last two, so that one sees the word that turned them.

const TIMELINE_HEIGHT = 40;

function createAnswers(cell, header) {
  const kind = header.expected[cell].kind ?? "next";
  return { class: createClasses, value: createValue }[kind]?.(cell, header) ?? { draw: () => {}, ...createGuesses(cell, header) };
}

/** The probability of each class, or of the five likeliest, and over the text that of the one that wins in the end. */
function createClasses(cell, { expected, words, tokens }) {
  const { classes, shares, guesses, probabilities } = expected[cell];
  const last = shares.at(-1);
  const winner = last.indexOf(Math.max(...last));
  const course = shares.map((row) => row[winner]);
  const few = classes.length <= 5;
  const rows = (few ? classes : guesses[0]).map((name, rank) => {
    const parts = {
      token: make("span", { className: "class-name", text: name }),
      bar: make("span", { className: "class-bar" }),
      value: make("span", { className: "guess-value" }),
    };
    return { element: make("li", { className: "class-row", attributes: { "data-guess": rank }, children: Object.values(parts) }), ...parts };
  });
  const rises = course.map((share, step) => share - (step ? course[step - 1] : 1 / classes.length));
  const turn = rises.indexOf(Math.max(...rises));
  const timeline = createTimeline([{ values: course }], [0, 1], turn);
  const element = make("div", {
    className: "guesses",
    children: [
      make("div", { className: "caption", text: words.answers }),
      make("ol", { children: rows.map((row) => row.element) }),
      make("div", { className: "caption", text: fill(words.over_text, { name: classes[winner] }) }),
      timeline.element,
      make("div", { className: "caption turn", text: fill(words.turned, { token: glyph(tokens[turn].text.trim() || tokens[turn].text) }) }),
    ],
  });
  function show(step) {
    const best = Math.max(...shares[step]);
    rows.forEach((row, rank) => {
      const share = few ? shares[step][rank] : probabilities[step][rank];
      if (!few) write(row.token, guesses[step][rank]);
      row.bar.style.backgroundSize = `${(100 * share).toFixed(2)}% 100%`;
      write(row.value, probability(share));
      row.value.dataset.value = share;
      row.element.classList.toggle("hit", Math.abs(share - best) < 1e-6);
    });
    timeline.show(step);
  }
  return { element, show, draw: timeline.draw };
}

/** The number answered, beside the number that came where the question is what comes. */
function createValue(cell, { expected, words }) {
  const { name, values, numbers } = expected[cell];
  const known = [...values, ...numbers].filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const timeline = createTimeline([{ values }, { values: numbers, dots: true }], [low, high === low ? low + 1 : high], null);
  const answer = make("div", { className: "answer-value", attributes: { "data-answer": cell } });
  const came = make("span", { className: "came-value" });
  const comes = numbers.some((value) => value !== null);
  const element = make("div", {
    className: "guesses",
    children: [
      make("div", { className: "caption", text: name }),
      answer,
      ...(comes ? [make("div", { className: "came-row", children: [make("span", { className: "caption", text: words.came }), came] })] : []),
      timeline.element,
    ],
  });
  function show(step) {
    showNumber(answer, values[step], figures(high));
    write(came, numbers[step] === null ? "–" : decimals(numbers[step], figures(high)));
    came.dataset.value = numbers[step] ?? "";
    timeline.show(step);
  }
  return { element, show, draw: timeline.draw };
}

/** As many decimals as make three digits or so. */
function figures(size) {
  return Math.abs(size) >= 100 ? 0 : Math.abs(size) >= 10 ? 1 : 3;
}

/** Lines over the steps, the cursor on them, and a mark at one step. */
function createTimeline(lines, [low, high], mark) {
  const steps = lines[0].values.length;
  const canvas = make("canvas", { attributes: { "aria-hidden": "true" } });
  const cursor = make("div", { className: "curve-cursor" });
  const element = make("div", { className: "timeline", children: [canvas, cursor] });
  let width = 0;

  function draw() {
    width = element.clientWidth;
    if (!width) return;
    const context = sizeCanvas(canvas, width, TIMELINE_HEIGHT);
    const x = (step) => ((step + 0.5) * width) / steps;
    const y = (value) => 3 + (TIMELINE_HEIGHT - 6) * (1 - (value - low) / (high - low));
    context.clearRect(0, 0, width, TIMELINE_HEIGHT);
    context.strokeStyle = context.fillStyle = getComputedStyle(element).color;
    context.lineWidth = 1.5;
    for (const { values, dots } of lines) {
      context.beginPath();
      values.forEach((value, step) => {
        if (value === null) return;
        if (dots) context.fillRect(x(step) - 1.5, y(value) - 1.5, 3, 3);
        else context.lineTo(x(step), y(value));
      });
      context.stroke();
    }
    if (mark !== null) {
      context.beginPath();
      context.arc(x(mark), y(lines[0].values[mark]), 3.5, 0, 2 * Math.PI);
      context.fill();
    }
  }
  return { element, draw, show: (step) => (cursor.style.transform = `translateX(${((step + 0.5) * width) / steps - 2}px)`) };
}
