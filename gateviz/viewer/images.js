// The figures of the stepping page, drawn once more to be saved.

const FIGURE_WIDTH = 720; // px of curves and heatmaps
const DIAGRAM_WIDTH = 540;
const KEPT = [
  "fill", "stroke", "stroke-width", "stroke-linejoin", "stroke-linecap", "stroke-dasharray", "opacity", "paint-order",
  "font-family", "font-size", "font-style", "font-weight", "text-anchor",
];
const LIGHT_PAGE = { "--st-text-color": "#20242b", "--st-background-color": "#ffffff", "--st-secondary-background-color": "#f4f5f7" };

/** One figure of the picture, as an SVG with everything that it needs inside; null of an architecture that is not there. */
function figureOf(root, picture, state, { kind, cell }) {
  const draw = { diagram: diagramFigure, curves: curvesFigure, maps: mapsFigure }[kind];
  if (!draw || !picture?.header.cells.includes(cell)) return null;
  const { header } = picture;
  const figure = draw(root, cell, picture, state, colourScale(header.palettes.light, header.limits));
  return framed(figure, header.words.cells[cell], [header.captions[cell], figure.about]);
}

/** The cell at this step, drawn once more in a light page that nobody sees, for its styles. */
function diagramFigure(root, cell, picture, { step, unit, whole, order }, scale) {
  const { header, signals } = picture;
  const units = header.units[cell];
  const at = (signal, when) => signals[cell][signal].subarray(when * units, (when + 1) * units);
  const before = (signal, when) => (stepBefore(header, when) === null ? null : at(signal, stepBefore(header, when)));
  const diagram = createCell(cell, header);
  const strips = createStrips(cell, header, scale, () => {});
  strips.show((signal, when) => (when === "before" ? before : at)(signal, step), whole ? null : unit, header.orders[cell][order]);
  diagram.show(readings(at, before, { step, unit: whole ? null : unit, scale, limits: header.limits }));
  const page = make("div", { className: "rapid", attributes: { "data-gateviz": "figure", "data-theme": "light", style: `position: absolute; width: ${DIAGRAM_WIDTH}px` }, children: [diagram.element] });
  for (const [name, colour] of Object.entries(LIGHT_PAGE)) page.style.setProperty(name, colour);
  root.parentNode.append(page);
  diagram.element.querySelectorAll(".halo").forEach((halo) => halo.remove());
  for (const element of diagram.element.querySelectorAll("*")) keepStyle(element);
  page.remove();
  const body = makeSvg("g", {}, [makeSvg("svg", { width: DIAGRAM_WIDTH, height: (DIAGRAM_WIDTH * 220) / 360, viewBox: "0 0 360 220" }, [...diagram.element.childNodes, ...strips.images()])]);
  const { words, tokens } = header;
  const about = `${glyph(tokens[step].text)} · ${fill(words.place, { step: step + 1, steps: tokens.length })} · ${whole ? words.all_units : fill(words.one_unit, { unit })}`;
  return { width: DIAGRAM_WIDTH, height: (DIAGRAM_WIDTH * 220) / 360 + 12, body, about };
}

function keepStyle(element) {
  const style = getComputedStyle(element);
  const kept = KEPT.map((name) => [name, style.getPropertyValue(name)]).filter(([, value]) => value && value !== "none" && value !== "normal");
  const hollow = style.fill === "none" ? [["fill", "none"]] : [];
  for (const name of ["class", "style", "tabindex", "role", "aria-label"]) element.removeAttribute(name);
  for (const [name, value] of [...kept, ...hollow]) element.setAttribute(name, value);
}

/** The chosen unit's curves: bars from zero in the colours of the heatmap, under a line. */
function curvesFigure(root, cell, { header, signals }, { unit, start }, scale) {
  const { words, units, limits } = header;
  const tokens = header.tokens.slice(start, start + header.window);
  const [left, right, high, gap] = [52, 20, 44, 14];
  const plot = FIGURE_WIDTH - left - right;
  const each = plot / tokens.length;
  const rows = Object.keys(signals[cell]).map((signal, index) => {
    const [low, top] = GATES.has(signal) ? [0, 1] : [-limits[signal], limits[signal]];
    const y = (value) => index * (high + gap) + high * (1 - (Math.max(low, Math.min(top, value)) - low) / (top - low));
    const values = tokens.map((_, step) => signals[cell][signal][(start + step) * units[cell] + unit]);
    const bars = values.map((value, step) => makeSvg("rect", {
      x: (left + step * each).toFixed(2), width: (each + 0.3).toFixed(2), y: Math.min(y(value), y(0)).toFixed(2),
      height: Math.max(0.01, Math.abs(y(value) - y(0))).toFixed(2), fill: scale.css(signal, value),
    }));
    const line = values.map((value, step) => `H${(left + step * each).toFixed(2)}V${y(value).toFixed(2)}H${(left + (step + 1) * each).toFixed(2)}`).join("");
    const word = (x, at, text, extra) => Object.assign(makeSvg("text", { x, y: at, "text-anchor": "end", "font-size": 11, ...extra }), { textContent: text });
    return makeSvg("g", { "data-curve": signal }, [
      ...bars,
      makeSvg("path", { d: `M${left} ${y(0).toFixed(2)}H${left + plot}`, stroke: "#20242b", "stroke-opacity": 0.3 }),
      makeSvg("path", { d: `M${left} ${y(values[0]).toFixed(2)}${line}`, fill: "none", stroke: "#20242b", "stroke-width": 1.2 }),
      word(left - 26, y((low + top) / 2) + 5, words.symbols[cell][signal], { "font-size": 16, "font-style": "italic" }),
      word(left - 5, y(top) + 8, decimals(top, 0)),
      word(left - 5, y(low), decimals(low, 0)),
    ]);
  });
  const foot = rows.length * (high + gap);
  const ticks = stepTicks(tokens.length, start).map((step) =>
    Object.assign(makeSvg("text", { x: left + (step - start + 0.5) * each, y: foot + 8, "text-anchor": "middle", "font-size": 11 }), { textContent: String(step + 1) }));
  return { width: FIGURE_WIDTH, height: foot + 20, body: makeSvg("g", {}, [...rows, ...ticks]), about: [fill(words.one_unit, { unit }), windowOf(header, start)].filter(Boolean).join(" · ") };
}

/** All heatmaps of the cell as they stand on the page: their rows in the chosen order, of a long text the window. Values
 *  are several pixels wide, for programs that smooth what they enlarge. */
function mapsFigure(root, cell, picture, { start, order }, scale) {
  const { header, signals } = picture;
  const { words } = header;
  const steps = Math.min(header.tokens.length, header.window);
  const rows = header.orders[cell][order] ?? null;
  const size = { steps, start, rows, units: header.units[cell], zoom: Math.max(1, Math.min(6, Math.floor(900 / steps))) };
  const image = (signal) => mapImage(signals[cell][signal], { ...size, pixel: scale.painter(signal) });
  const body = heatmapSvg(cell, picture, { width: FIGURE_WIDTH, image, right: 20, start, rows });
  const height = Number(body.getAttribute("height"));
  const sorted = { activity: words.rows_activity, half_life: words.rows_half_life, cluster: words.rows_cluster }[order];
  const about = [sorted && `${words.rows} ${sorted}`, windowOf(header, start)].filter(Boolean).join(" · ");
  return { width: FIGURE_WIDTH, height, body: makeSvg("g", {}, [body]), about };
}

/** Which steps of a long text the figure shows; nothing of a short one, which it shows whole. */
function windowOf({ words, tokens, window: wide }, start) {
  return tokens.length > wide ? fill(words.steps_shown, { first: start + 1, last: start + wide, steps: tokens.length }) : "";
}
