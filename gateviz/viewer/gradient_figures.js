// The figures of the Gradients page, drawn once more to be saved: the curves as the page's chart has them, and the
// sentence in the colours of dL/dx.

const CHART = { width: 960, left: 70, right: 20, high: 340, foot: 52 };
const STRIP_FIGURE = { width: 760, edge: 12, box: 26, high: 28 };
const MOST_MARKED = 80; // steps; with more of them a line stands without markers, as gradients.py draws it
const MARKS = {
  rnn: (x, y, r) => `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
  lstm: (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
  gru: (x, y, r) => `M${x} ${y - 1.3 * r}l${1.3 * r} ${1.3 * r}l${-1.3 * r} ${1.3 * r}l${-1.3 * r} ${-1.3 * r}z`,
};

/** "gradient_curves" or "saliency" of what the page shows, whole; null for another kind. */
function gradientFigure(kind, data) {
  const draw = { gradient_curves: curvesChart, saliency: saliencyFigure }[kind];
  if (!draw) return null;
  const place = fill(data.words.saved_at, { step: data.step + 1, steps: data.tokens.length });
  return framed(draw(data), data.titles.figure, [data.titles.task, place]);
}

/** One line a curve, log10 upwards; where a norm is zero, which it is by underflow, a triangle stands at the foot. */
function curvesChart({ curves, tokens, titles, palettes }) {
  const { width, left, right, high, foot } = CHART;
  const colours = palettes.light.cell;
  const positive = curves.flatMap(({ norms }) => norms.filter((norm) => norm > 0).map(Math.log10));
  const [low, top] = positive.length ? [Math.min(...positive), Math.max(...positive)] : [0, 1];
  const margin = Math.max(0.1, (top - low) * 0.06);
  const legend = legendOf(curves, colours, width - left - right);
  const above = legend.height + 8;
  const x = (step) => left + ((step + 0.7) / (tokens.length + 0.4)) * (width - left - right);
  const y = (log) => above + high * ((top + margin - log) / (top - low + 2 * margin));
  const every = Math.max(1, Math.ceil((top - low) / 10));
  const grid = [];
  for (let power = Math.ceil((low - margin) / every) * every; power <= top + margin; power += every) {
    grid.push(
      makeSvg("path", { d: `M${left} ${y(power).toFixed(2)}H${width - right}`, stroke: "#e3e5ea" }),
      svgText(left - 8, y(power) + 4, powerOfTen(power), { "text-anchor": "end", "font-size": 13 }),
    );
  }
  const lines = curves.map((curve) => {
    const points = curve.norms.map((norm, step) => (norm > 0 ? [x(step).toFixed(2), y(Math.log10(norm)).toFixed(2)] : null));
    const path = points.map((point, step) => point && `${step && points[step - 1] ? "L" : "M"}${point.join(" ")}`).filter(Boolean).join("");
    const gone = curve.norms.flatMap((norm, step) => (norm !== 0 ? [] : [`M${(x(step) - 4).toFixed(2)} ${(y(low) - 4).toFixed(2)}h8l-4 8z`]));
    const marks = tokens.length > MOST_MARKED ? "" : points.filter(Boolean).map(([at, height]) => MARKS[curve.cell](Number(at), Number(height), 3.2)).join("");
    const colour = colours[curve.cell];
    return makeSvg("g", { "data-curve": curve.label }, [
      makeSvg("path", { d: path, fill: "none", stroke: colour, ...strokeOf(curve) }),
      makeSvg("path", { d: marks, fill: curve.is_untrained ? "#ffffff" : colour, stroke: colour, "stroke-width": 1 }),
      makeSvg("path", { d: gone.join(""), fill: colour }),
    ]);
  });
  const ticks = tokens.flatMap((token, step) =>
    step % Math.ceil(tokens.length / MOST_MARKED) ? [] : [svgText(x(step), above + high + 18, glyph(token.text), { "text-anchor": "middle", "font-size": 12 })]);
  const named = [
    svgText(left + (width - left - right) / 2, above + high + 42, titles.steps, { "text-anchor": "middle", "font-size": 14 }),
    svgText(0, 0, titles.norms, { "text-anchor": "middle", "font-size": 14, transform: `translate(18 ${above + high / 2}) rotate(-90)` }),
  ];
  return { width, height: above + high + foot, body: makeSvg("g", {}, [...grid, ...lines, ...ticks, ...named, legend.element]) };
}

function strokeOf({ is_cell_state: dotted, is_untrained: thin }) {
  return { "stroke-width": thin ? 1.5 : 2.5, ...(dotted ? { "stroke-dasharray": "2.5 3.5" } : {}) };
}

/** The names of the curves in as many rows as they take. */
function legendOf(curves, colours, room) {
  const element = makeSvg("g", { transform: `translate(${CHART.left} 0)` });
  let [x, row] = [0, 0];
  for (const curve of curves) {
    const length = 44 + widthOf(curve.label, 14) + 18;
    if (x && x + length > room) [x, row] = [0, row + 1];
    const [y, colour] = [10 + row * 22, colours[curve.cell]];
    element.append(
      makeSvg("path", { d: `M${x} ${y}h34`, stroke: colour, ...strokeOf(curve) }),
      makeSvg("path", { d: MARKS[curve.cell](x + 17, y, 3.6), fill: curve.is_untrained ? "#ffffff" : colour, stroke: colour }),
      svgText(x + 42, y + 5, curve.label, { "font-size": 14 }),
    );
    x += length;
  }
  return { element, height: (row + 1) * 22 };
}

/** Of each network its half-lives, and the sentence with each token as dark as dL/dx is large there. */
function saliencyFigure({ networks, tokens, step: loss, words, palettes }) {
  const { width, edge, box, high } = STRIP_FIGURE;
  const largest = largestOf(networks);
  const children = [];
  let y = 0;
  for (const network of networks) {
    const halves = network.half_lives.map(({ signal, steps }) => `${words.gradients[signal]} ${steps === null ? "∞" : halfLife(steps)} ${steps === null ? words.no_decay : words.steps}`);
    const name = makeSvg("text", { x: edge, y: y + 16, "font-size": 15 });
    name.append(Object.assign(makeSvg("tspan", { "font-weight": 700 }), { textContent: words.cells[network.cell] }));
    name.append(Object.assign(makeSvg("tspan", { dx: 10, "font-size": 13, fill: SAVED_QUIET }), { textContent: [words[network.weights], ...halves].join(" · ") }));
    y += 26;
    const row = makeSvg("g", { "data-saliency": network.cell, "data-weights": network.weights });
    let x = edge;
    tokens.forEach(({ text }, step) => {
      const shown = glyph(text);
      const wide = Math.max(box - 6, widthOf(shown, 16) + 6);
      if (x + wide > width - edge) [x, y] = [edge, y + high + 2];
      const fillColour = mixed(palettes.light.cell[network.cell], darkness(network.inputs[step], largest));
      row.append(makeSvg("rect", { x: x.toFixed(1), y, width: wide.toFixed(1), height: high, rx: 2, fill: fillColour, ...(step === loss ? { stroke: SAVED_INK, "stroke-width": 2 } : {}) }));
      row.append(svgText((x + wide / 2).toFixed(1), y + 20, shown, { "text-anchor": "middle", "font-size": 16 }));
      x += wide + 1;
    });
    children.push(name, row);
    y += high + 16;
  }
  return { width, height: y, body: makeSvg("g", {}, children) };
}

/** That colour on white, as the page lays it under a token. */
function mixed(colour, share) {
  return `rgb(${parseColour(colour).map((channel) => Math.round(255 + (channel - 255) * share)).join(",")})`;
}

function powerOfTen(power) {
  return power === 0 ? "1" : power === 1 ? "10" : `10${superscript(power)}`;
}

function widthOf(text, size) {
  widthOf.context ??= make("canvas").getContext("2d");
  widthOf.context.font = `${size}px "Source Sans", "Noto Sans SC", sans-serif`;
  return widthOf.context.measureText(text).width;
}
