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
    return { signal, top, height, canvas, line, ring, away: false, stale: true, y: null };
  });
  const ground = createGround(cell, picture, scale);
  const views = createMapViews(cell, picture, scale, order);
  const marks = profiles.flatMap(({ canvas, line, ring }) => [canvas, line, ring]);
  layer.append(ground.element, ...views.elements, ...marks, cursor, readout);
  const ink = packColour(theme.ink);
  const at = (signal, step) => signals[cell][signal].subarray(step * units, (step + 1) * units);
  let host = null;
  let box = { left: 0, top: 0, width: 0 };
  let last = { step: 0, unit: 0, start: 0 };
  // A step draws the profiles that can be seen; the others are drawn when they come near, or when nothing else is to do.
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const profile = profiles.find(({ canvas }) => canvas === target);
      profile.away = !isIntersecting;
      if (!profile.away && profile.stale) draw(profile);
    }
  }, { rootMargin: "200px" });
  profiles.forEach(({ canvas }) => watch.observe(canvas));
  const rest = whenIdle(() => profiles.forEach((profile) => profile.stale && draw(profile)));

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
    for (const profile of profiles) {
      const { line, top, height, away } = profile;
      profile.stale = true;
      if (away) rest.soon();
      else draw(profile);
      const y = box.top + top + ((row + 0.5) * height) / units - 1.5;
      if (profile.y !== y) line.style.transform = `translateY(${(profile.y = y)}px)`;
    }
  }
  function draw(profile) {
    const { signal, canvas, height } = profile;
    const values = at(signal, last.step);
    profile.stale = false;
    drawProfile(canvas, values, {
      width: right - 12, height, gate: GATES.has(signal), limit: header.limits[signal],
      order: state.sorted ? byValue(values) : order(), unit: last.unit, ink, pixel: scale.painter(signal),
    });
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
    watch.disconnect();
    rest.never();
    layer.remove();
    if (host) {
      host.removeEventListener("pointermove", onMove);
      host.removeEventListener("pointerleave", onLeave);
      host.removeEventListener("click", onClick);
    }
  }
  return { place, show, light, dispose };
}
