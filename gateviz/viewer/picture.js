// All parts of one picture, put together; they follow one state and know nothing of the server.

/** Everything that is drawn of one picture. */
function buildParts(root, picture, state, actions) {
  const { header } = picture;
  root.dataset.theme = isDark(root) ? "dark" : "light";
  const style = getComputedStyle(root);
  const theme = { ink: style.color, page: style.getPropertyValue("--page"), lit: style.getPropertyValue("--lit") };
  const scale = colourScale(header.palettes[root.dataset.theme], header.limits);
  const tints = createTints(picture, scale, root.dataset.theme);
  const transport = createTransport(picture, { stands: () => state, goTo: actions.goTo, scroll: actions.scroll });
  const tokens = createTokens(header, tints, { goTo: actions.goTo });
  const panels = header.cells.map((cell) => createPanel(cell, picture, scale, state, { ...actions, theme }));
  const readers = Object.fromEntries(header.cells.map((cell, index) => [cell, panels[index].reader]));
  const card = createCard(root, picture, readers, () => state);
  const options = createOptions(header, state, tints, actions);
  const bar = make("div", { className: "bar", children: [transport.element, tokens.element] });
  const dock = make("div", { className: "dock", children: [bar] });
  const grid = make("div", {
    className: panels.length === 1 ? "panels alone" : "panels",
    attributes: { style: `--columns:${panels.length}` },
    children: panels.map((panel) => panel.element),
  });
  root.dataset.steps = header.tokens.length;
  for (const [cell, colour] of Object.entries(header.palettes[root.dataset.theme].cell)) root.style.setProperty(`--${cell}`, colour);
  root.replaceChildren(dock, options.element, grid, card.element);
  const unpin = pinWhenScrolledPast(dock, bar);
  root.onmousedown = (event) => {
    if (event.composedPath()[0].closest?.(".token, .transport-button, [data-node]")) {
      event.preventDefault(); // a click steps; it leaves the keys with the picture
      root.focus({ preventScroll: true });
    }
  };
  return {
    draw: () => {
      transport.draw(state.shown);
      panels.forEach((panel) => panel.draw(state));
    },
    place: () => panels.forEach((panel) => panel.place()),
    show: () => {
      tokens.paint(tints.valid(state.colour), state.unit);
      tokens.show(state.step); // first: it asks the page where things are, the rest only write
      transport.show(state.step, state.start);
      options.show(state);
      panels.forEach((panel) => panel.show(state));
      card.show();
    },
    tint: () => tokens.paint(tints.valid(state.colour), state.unit),
    light: (lit) => panels.forEach((panel) => panel.light(lit)),
    onKey: (event) => (event.key === "Escape" && card.onEscape()) || transport.onKey(event),
    play: transport.play,
    plays: transport.plays,
    dispose: () => {
      transport.stop();
      card.dispose();
      unpin();
      panels.forEach((panel) => panel.dispose());
    },
  };
}

/** Keep the tokens and the transport in sight while the heatmaps are read. */
function pinWhenScrolledPast(dock, bar) {
  const observer = new IntersectionObserver(([entry]) => {
    const above = !entry.isIntersecting && entry.boundingClientRect.top < 120;
    dock.style.height = above ? `${dock.offsetHeight}px` : "";
    bar.classList.toggle("pinned", above);
    if (above) Object.assign(bar.style, { left: `${dock.getBoundingClientRect().left}px`, width: `${dock.offsetWidth}px` });
    else Object.assign(bar.style, { left: "", width: "" });
  }, { rootMargin: "-60px 0px 0px 0px" });
  observer.observe(dock);
  return () => observer.disconnect();
}

function clamp(step, steps) {
  return Math.max(0, Math.min(steps - 1, step));
}

function smallest(units) {
  return Math.min(...Object.values(units));
}
