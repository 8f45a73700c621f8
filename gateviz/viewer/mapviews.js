// The maps that the figures do not hold: rows in another order, or the window of a long text at the cursor. They are
// drawn once, a pixel a value, and lie over the figures' plots; a window is moved and not drawn again.

/** `places` as in the header; `order()` is an array of units from the top down, or null for the order of their numbers. */
function createMapViews(cell, picture, scale, order) {
  const { header, signals } = picture;
  const units = header.units[cell];
  const steps = header.tokens.length;
  const places = header.maps[cell];
  const wide = Math.min(steps, header.window);
  const views = places.map(({ signal, top, height }) => {
    const canvas = make("canvas", { attributes: { width: steps, height: units } });
    const view = make("div", { className: "gateviz-view", attributes: { "data-view": signal }, children: [canvas] });
    const ends = [make("span"), make("span")];
    const rows = make("div", { className: "gateviz-rows", children: ends });
    return { signal, top, height, canvas, view, ends, rows, drawn: null, spans: new Set() };
  });
  const strip = make("div", { className: "gateviz-ticks" });
  const axis = make("div", { className: "gateviz-axis", children: [strip] });
  let each = 0;

  /** Only what no figure shows is covered: with the rows in order, a text of one window is left to the figure. */
  function draw() {
    const rows = order();
    const covers = rows !== null || steps > wide;
    for (const one of views) {
      one.view.hidden = !covers;
      one.rows.hidden = rows === null;
      if (rows) one.ends.forEach((end, last) => (end.textContent = rows[last ? units - 1 : 0]));
      if (!covers) continue;
      if (one.drawn !== (rows ?? "unit")) one.spans.clear();
      one.drawn = rows ?? "unit";
      for (const [from, to] of picture.spans()) {
        if (one.spans.has(from)) continue;
        one.spans.add(from);
        drawMap(one.canvas, signals[cell][one.signal], { from, to, units, rows, pixel: scale.painter(one.signal) });
      }
    }
    axis.hidden = steps <= wide;
  }
  /** `box` is the plot area: left, top of the figure, width. */
  function place(box) {
    each = box.width / wide;
    for (const { view, canvas, rows, top, height } of views) {
      Object.assign(view.style, { left: `${box.left}px`, top: `${box.top + top}px`, width: `${box.width}px`, height: `${height}px` });
      Object.assign(canvas.style, { width: `${each * steps}px`, height: `${height}px` });
      Object.assign(rows.style, { left: `${box.left - header.geometry.left}px`, top: `${box.top + top - 8}px`, width: `${header.geometry.left - 4}px`, height: `${height + 16}px` }); // over the figure's own numbers
    }
    const foot = places.at(-1).top + places.at(-1).height;
    Object.assign(axis.style, { left: `${box.left - 8}px`, top: `${box.top + foot}px`, width: `${box.width + 16}px` });
    if (!axis.hidden) {
      const every = [10, 20, 50].find((size) => each * size >= 44) ?? 100;
      const marks = Array.from({ length: Math.floor(steps / every) + 1 }, (_, mark) => (mark ? mark * every - 1 : 0));
      strip.replaceChildren(...marks.filter((step) => step < steps).map((step) => {
        const tick = make("span", { text: String(step + 1) });
        tick.style.left = `${(step + 0.5) * each + 8}px`;
        return tick;
      }));
    }
  }
  function show(start) {
    if (steps <= wide) return;
    const moved = `translateX(${-start * each}px)`;
    for (const { canvas } of views) canvas.style.transform = moved;
    strip.style.transform = moved;
  }
  return { elements: [axis, ...views.flatMap(({ view, rows }) => [view, rows])], draw, place, show };
}

/** Units downwards in that order, time to the right, a pixel a value; the steps from `from` up to `to`. */
function drawMap(canvas, values, { from, to, units, rows, pixel }) {
  const steps = to - from;
  const context = canvas.getContext("2d");
  const image = context.createImageData(steps, units);
  const pixels = new Uint32Array(image.data.buffer);
  for (let row = 0; row < units; row++) {
    const unit = rows ? rows[row] : row;
    for (let step = 0; step < steps; step++) pixels[row * steps + step] = pixel(values[(from + step) * units + unit]);
  }
  context.putImageData(image, from, 0);
}

/** The first step of the window on a long text: it stands while the cursor is well inside, and goes along at its edges. */
function windowStart(start, step, steps, wide) {
  if (steps <= wide) return 0;
  const edge = Math.floor(wide / 5);
  const jumped = step < start || step >= start + wide;
  const wanted = jumped ? step - wide / 2 : Math.max(step - wide + 1 + edge, Math.min(step - edge, start));
  return Math.max(0, Math.min(steps - wide, Math.round(wanted)));
}
