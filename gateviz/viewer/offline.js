// The shell of an exported page: it mounts the viewer on the picture that the file carries, and draws the heatmaps.

function openPage() {
  const bytes = Uint8Array.from(atob(document.getElementById("picture").textContent), (character) => character.charCodeAt(0));
  mountViewer({ data: bytes, view: JSON.parse(document.getElementById("view").textContent), parentElement: document.getElementById("viewer") });
  startLecture();
  readPayload(bytes).then((picture) => {
    showHeatmaps(picture);
    offerFigures(picture.header, JSON.parse(document.getElementById("said").textContent));
  });
}

/** The same choice of figures to save that the app has. */
function offerFigures({ cells, words }, said) {
  if (!said) return;
  const save = (detail) => document.dispatchEvent(new CustomEvent("gateviz:save", { detail }));
  const place = document.getElementById("figures");
  place.append(make("summary", { text: said.save }), createFigureChoice(said, STEPPING_FIGURES, cells.map((cell) => [cell, words.cells[cell]]), save));
  place.hidden = false;
}

/** One figure an architecture, drawn again when its width or the theme changes. */
function showHeatmaps(picture) {
  const { header, signals } = picture;
  const row = document.getElementById("maps");
  row.style.setProperty("--columns", header.cells.length);
  const figures = header.cells.map((cell) => {
    const plot = make("div", { className: "gateviz-plot" });
    row.append(make("figure", { attributes: { "data-maps": cell, "aria-label": header.words.cells[cell] }, children: [plot] }));
    return { cell, plot, drawn: "" };
  });
  const images = {};
  const draw = () => {
    const theme = isDark(row) ? "dark" : "light";
    const scale = colourScale(header.palettes[theme], header.limits);
    for (const figure of figures) {
      const { cell, plot } = figure;
      const wanted = `${theme} ${plot.clientWidth}`;
      if (plot.clientWidth === 0 || figure.drawn === wanted) continue;
      figure.drawn = wanted;
      const size = { steps: Math.min(header.tokens.length, header.window), units: header.units[cell] };
      const image = (signal) => (images[`${theme} ${cell} ${signal}`] ??= mapImage(signals[cell][signal], { ...size, pixel: scale.painter(signal) }));
      plot.replaceChildren(heatmapSvg(cell, picture, { width: plot.clientWidth, image }));
    }
  };
  const watch = new ResizeObserver(draw);
  figures.forEach(({ plot }) => watch.observe(plot));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}

openPage();
