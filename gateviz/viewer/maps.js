// What is laid over the Plotly heatmaps: the cursor, a profile of all units at this step, the chosen unit, a read-out
// under the pointer, and the maps that the figures do not hold. Plotly is not asked for anything: places.py says where
// its plots lie.

const MAP_TITLE = 22; // px of type over a map

/** `host` is the element of the page that holds one architecture's heatmap figure; figures may come and go in it. */
function createMaps(cell, picture, scale, { goTo, choose, state, theme }) {
  const { header, signals } = picture;
  const { words } = header;
  const units = header.units[cell];
  const steps = header.tokens.length;
  const wide = Math.min(steps, header.window);
  const places = header.maps[cell];
  const order = () => header.orders[cell][state.order] ?? null;
  const { left, right } = header.geometry;
  const layer = make("div", { className: "gateviz-overlay", attributes: { "aria-hidden": "true" } });
  for (const [name, colour] of Object.entries({ ink: theme.ink, page: theme.page, lit: theme.lit })) layer.style.setProperty(`--${name}`, colour);
  const cursor = make("div", { className: "gateviz-cursor" });
  const readout = make("div", { className: "gateviz-readout" });
  const profiles = places.map(({ signal, top, height }) => {
    const canvas = make("canvas", { className: "gateviz-profile" });
    const line = make("div", { className: "gateviz-unit" });
    const ring = make("div", { className: "gateviz-lit", attributes: { "data-map": signal } });
    return { signal, top, height, canvas, line, ring };
  });
  const ground = createGround(cell, picture, scale);
  const views = createMapViews(cell, picture, scale, order);
  const marks = profiles.flatMap(({ canvas, line, ring }) => [canvas, line, ring]);
  layer.append(ground.element, ...views.elements, cursor, ...marks, readout);
  const ink = packColour(theme.ink);
  const at = (signal, step) => signals[cell][signal].subarray(step * units, (step + 1) * units);
  let host = null;
  let box = { left: 0, top: 0, width: 0 };
  let last = { step: 0, unit: 0, start: 0 };

  function place() {
    const found = document.querySelector(`.st-key-maps_${cell}, [data-maps="${cell}"]`);
    if (!found || found.clientWidth === 0) return layer.remove();
    const plot = found.querySelector(".js-plotly-plot, .gateviz-plot");
    const drawn = plot?.matches(".gateviz-plot") || plot?.querySelectorAll(".heatmaplayer image").length === places.length;
    found.style.minHeight = `${ground.height}px`;
    ground.element.hidden = drawn;
    if (!drawn) ground.paint(found.clientWidth);
    if (layer.parentElement !== found) {
      found.append(layer);
      listen(found);
    }
    const [outer, inner] = [found.getBoundingClientRect(), (drawn ? plot : found).getBoundingClientRect()];
    box = { left: inner.left - outer.left + left, top: inner.top - outer.top, width: inner.width - left - right };
    const bottom = places.at(-1).top + places.at(-1).height;
    Object.assign(cursor.style, { top: `${box.top + places[0].top}px`, height: `${bottom - places[0].top}px`, width: `${Math.max(3, box.width / wide)}px` });
    for (const { canvas, line, ring, top, height } of profiles) {
      Object.assign(canvas.style, { top: `${box.top + top}px`, left: `${box.left + box.width + 6}px` });
      Object.assign(line.style, { left: `${box.left}px`, width: `${box.width}px` });
      Object.assign(ring.style, { left: `${box.left - 4}px`, top: `${box.top + top - MAP_TITLE}px`, width: `${box.width + 8}px`, height: `${height + MAP_TITLE + 4}px` });
    }
    views.draw();
    views.place(box);
    show(last);
  }

  function show({ step, unit, start }) {
    last = { step, unit, start };
    if (!layer.isConnected) return;
    const rows = order();
    const row = rows ? rows.indexOf(unit) : unit;
    views.show(start);
    cursor.style.transform = `translateX(${box.left + ((step - start) * box.width) / wide}px)`;
    for (const { signal, canvas, line, top, height } of profiles) {
      const values = at(signal, step);
      drawProfile(canvas, values, {
        width: right - 12, height, gate: GATES.has(signal), limit: header.limits[signal],
        order: state.sorted ? byValue(values) : rows, unit, ink, pixel: (value) => scale.pixel(signal, value),
      });
      line.style.transform = `translateY(${box.top + top + ((row + 0.5) * height) / units - 1.5}px)`;
    }
  }

  /** Which step, unit and signal lie under the pointer, on a map or on the profile beside it; or null. */
  function under(event) {
    const outer = host.getBoundingClientRect();
    const [pointX, pointY] = [event.clientX, event.clientY].map((place) => Math.floor(place) + 0.5); // a pixel's middle
    const [x, y] = [pointX - outer.left - box.left, pointY - outer.top - box.top];
    const place = places.find(({ top, height }) => y >= top && y < top + height);
    if (!place || x < 0 || x >= box.width + right) return null;
    const row = Math.floor(((y - place.top) / place.height) * units);
    const { signal } = place;
    const onMap = x < box.width;
    const step = onMap ? last.start + Math.floor((x / box.width) * wide) : last.step;
    const unit = onMap || !state.sorted ? (order()?.[row] ?? row) : byValue(at(signal, step))[row];
    return { step, unit, signal, x: x + box.left, y: y + box.top };
  }

  function listen(found) {
    host?.removeEventListener("pointermove", onMove);
    host?.removeEventListener("pointerleave", onLeave);
    host?.removeEventListener("click", onClick);
    host = found;
    host.style.position = "relative";
    host.addEventListener("pointermove", onMove);
    host.addEventListener("pointerleave", onLeave);
    host.addEventListener("click", onClick);
  }
  function onMove(event) {
    const spot = under(event);
    host.style.cursor = spot ? "crosshair" : "";
    readout.classList.toggle("visible", Boolean(spot));
    if (!spot) return;
    if (event.buttons === 1) goTo(spot.step);
    readout.textContent = fill(words.readout, {
      token: glyph(header.tokens[spot.step].text), step: spot.step + 1, unit: spot.unit,
      symbol: words.symbols[cell][spot.signal], value: decimals(at(spot.signal, spot.step)[spot.unit], 3),
    });
    const flip = spot.x > box.left + box.width / 2;
    readout.style.transform = `translate(${spot.x + (flip ? -12 : 12)}px, ${spot.y + 14}px) translateX(${flip ? "-100%" : "0"})`;
  }
  function onLeave() {
    readout.classList.remove("visible");
  }
  function onClick(event) {
    const spot = under(event);
    if (!spot) return;
    choose(spot.unit);
    goTo(spot.step);
  }
  /** Put a ring around the map of that signal, and around no other. */
  function light(lit) {
    for (const { signal, ring } of profiles) ring.classList.toggle("lit", signal === lit);
  }
  function dispose() {
    layer.remove();
    if (host) {
      host.removeEventListener("pointermove", onMove);
      host.removeEventListener("pointerleave", onLeave);
      host.removeEventListener("click", onClick);
    }
  }
  return { place, show, light, dispose };
}

function byValue(values) {
  return Array.from(values.keys()).sort((one, other) => values[other] - values[one]);
}

/** All units at one step as bars, a row a unit where the heatmap has it, or sorted with the largest on top. */
function drawProfile(canvas, values, { width, height, gate, limit, order, unit, ink, pixel }) {
  const context = sizeCanvas(canvas, width, height);
  const [wide, high] = [canvas.width, canvas.height];
  const image = context.createImageData(wide, high); // pixels: a thousand rectangles a step would be slower
  const pixels = new Uint32Array(image.data.buffer);
  const zero = gate ? 0 : wide / 2;
  for (let row = 0; row < high; row++) {
    const place = Math.floor((row * values.length) / high);
    const value = values[order ? order[place] : place];
    const reach = gate ? value * wide : (Math.max(-1, Math.min(1, value / limit)) * wide) / 2;
    const [from, to] = [Math.round(Math.min(zero, zero + reach)), Math.round(Math.max(zero, zero + reach))];
    pixels.fill(pixel(value), row * wide + from, row * wide + Math.max(to, from + 1));
  }
  const at = Math.round((((order ? order.indexOf(unit) : unit) + 0.5) * high) / values.length);
  for (let row = Math.max(0, at - 2); row < Math.min(high, at + 2); row++) pixels.fill(ink, (row + 1) * wide - 5, (row + 1) * wide);
  context.putImageData(image, 0, 0);
}
