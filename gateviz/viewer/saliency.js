// The Gradients page: how fast each network's gradient halves, and the sentence with each token as dark as dL/dx is
// large. A click on a token, or a key, moves the loss there.

const DECADES = 6; // below the largest by that many powers of ten, a token is blank

const strips = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let strip = strips.get(parentElement);
  if (!strip) {
    strip = { root: make("div", { attributes: { "data-gateviz": "saliency" } }) };
    parentElement.append(strip.root);
    followLecture((on) => strip.root.toggleAttribute("data-lecture", on));
    whenAskedToSave(({ kind }) => (strip.root.isConnected ? gradientFigure(kind, strip.data) : null));
    strips.set(parentElement, strip);
  }
  strip.data = data;
  const move = (step) => {
    if (step >= 0 && step < data.tokens.length && step !== data.step) setTriggerValue("loss_step", step);
  };
  drawStrips(strip.root, data, move);
}

function drawStrips(root, data, move) {
  root.dataset.steps = data.tokens.length;
  root.dataset.lossStep = data.step;
  document.documentElement.dataset.gatevizStrips = "drawn"; // the page need hold no room for them any more
  const colours = data.palettes[isDark(root) ? "dark" : "light"].cell;
  for (const [cell, colour] of Object.entries(colours)) root.style.setProperty(`--${cell}`, colour);
  const largest = largestOf(data.networks);
  const cells = [...new Set(data.networks.map((network) => network.cell))];
  const held = [...root.querySelectorAll(".saliency")].findIndex((row) => row.contains(root.getRootNode().activeElement));
  root.replaceChildren(
    make("div", {
      className: "panels",
      attributes: { style: `--columns:${cells.length}` },
      children: cells.map((cell) => drawPanel(cell, data, largest, move)),
    }),
    make("div", { className: "caption", text: fill(data.words.scale, { largest: scientific(largest), smallest: scientific(largest / 10 ** DECADES) }) }),
    drawNames(data),
  );
  root.querySelectorAll(".saliency")[held]?.querySelector(".loss")?.focus({ preventScroll: true }); // the keys stay where they were
}

function drawPanel(cell, data, largest, move) {
  const { words } = data;
  const title = make("div", {
    className: `panel-title ${cell}`,
    children: [make("span", { className: "mark" }), make("strong", { text: words.cells[cell] })],
  });
  const networks = data.networks.filter((network) => network.cell === cell);
  return make("section", {
    className: "panel",
    attributes: { "aria-label": words.cells[cell], "data-panel": cell },
    children: [title, ...networks.flatMap((network) => [drawHalfLives(network, words), drawTokens(network, data, largest, move)])],
  });
}

/** Which curve of the chart below is which, for lecture mode: Plotly's own legend has one size only. */
function drawNames({ curves, titles }) {
  const names = curves.map((curve) => {
    const colour = `var(--${curve.cell})`;
    const line = makeSvg("svg", { viewBox: "0 0 44 16", "aria-hidden": "true" }, [
      makeSvg("path", { d: "M0 8h44", style: `stroke: ${colour}`, ...strokeOf(curve) }),
      makeSvg("path", { d: MARKS[curve.cell](22, 8, 4.5), style: `stroke: ${colour}; fill: ${curve.is_untrained ? "var(--page)" : colour}`, "stroke-width": 1.5 }),
    ]);
    return make("span", { className: "curve-name", children: [line, make("span", { text: curve.label })] });
  });
  return make("div", { className: "curve-names", children: [make("span", { className: "caption", text: titles.norms }), ...names] });
}

/** "dL/dh halves every 2.1 steps", a number for each state. */
function drawHalfLives(network, words) {
  const items = network.half_lives.map(({ signal, steps, r_squared: quality }) => {
    const number = make("strong", {
      className: "half-life",
      text: steps === null ? "∞" : halfLife(steps),
      attributes: { "data-half-life": network.weights, "data-signal": signal, "data-cell": network.cell, "data-value": steps ?? "Infinity" },
    });
    return make("span", {
      className: "half-life-item",
      attributes: { title: quality === null ? "" : fill(words.fit, { quality: quality.toFixed(2) }) },
      children: [make("span", { className: "symbol", text: words.gradients[signal] }), number, make("span", { className: "caption", text: steps === null ? words.no_decay : words.steps })],
    });
  });
  return make("div", { className: "half-lives", children: [make("span", { className: "caption", text: words[network.weights] }), ...items] });
}

function drawTokens(network, data, largest, move) {
  const boxes = data.tokens.map((token, step) => {
    const shown = glyph(token.text);
    const box = make("button", {
      className: "token" + (token.known ? "" : " unknown") + (shown !== token.text ? " sign" : "") + (step === data.step ? " loss" : ""),
      text: shown,
      attributes: {
        type: "button", tabindex: step === data.step ? "0" : "-1", "data-token": step, "data-value": network.inputs[step], "aria-pressed": String(step === data.step),
        title: fill(data.words.token_title, { step: step + 1, value: scientific(network.inputs[step]) }),
      },
    });
    box.style.background = `color-mix(in srgb, var(--${network.cell}) ${(100 * darkness(network.inputs[step], largest)).toFixed(1)}%, transparent)`;
    box.addEventListener("click", () => move(step));
    return box;
  });
  const row = make("div", { className: "tokens saliency", attributes: { role: "group", "aria-label": data.words.strip }, children: boxes });
  const keys = { ArrowLeft: data.step - 1, ArrowRight: data.step + 1, Home: 0, End: data.tokens.length - 1 };
  row.addEventListener("keydown", (event) => {
    if (!(event.key in keys)) return;
    event.preventDefault();
    move(keys[event.key]);
  });
  return row;
}

function scientific(value) {
  if (value === 0) return "0";
  const [mantissa, exponent] = value.toExponential(1).split("e");
  return `${mantissa}·10${superscript(exponent)}`;
}

function superscript(number) {
  const digits = { "-": "⁻", "+": "", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
  return [...String(number)].map((sign) => digits[sign]).join("");
}

function halfLife(steps) {
  return steps < 100 ? steps.toFixed(1) : String(Math.round(steps));
}

function largestOf(networks) {
  return networks.reduce((most, { inputs }) => inputs.reduce((high, norm) => Math.max(high, norm), most), 1e-300);
}

/** How much of the architecture's colour lies under a token: none where its gradient is DECADES below the largest. */
function darkness(norm, largest) {
  return 0.55 * Math.max(0, 1 + Math.log10(norm / largest) / DECADES || 0);
}
