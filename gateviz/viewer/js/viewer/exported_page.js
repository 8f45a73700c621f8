// The script of an exported page: it mounts the viewer on the picture that the file carries, and draws the heatmaps.

import { createColourScale } from "../format/colours.js";
import { heatmapSvg } from "../maps/heatmap_svg.js";
import { mapImage } from "../maps/map_pixels.js";
import { make } from "../page/elements.js";
import { isNotForPage } from "../page/keyboard.js";
import { drawKeys } from "../page/keys_dialog.js";
import { startLecture } from "../page/lecture_mode.js";
import { themeOf } from "../page/theme.js";
import { readPicture } from "../picture/pieces.js";
import { windowWidth } from "../picture/time_window.js";
import { createFigureChoice, VIEWER_FIGURES } from "../take_away/figure_choice.js";
import { mountViewer } from "./viewer.js";

function openPage() {
  const bytes = Uint8Array.from(atob(textOf("picture")), (character) => character.charCodeAt(0));
  mountViewer({ data: bytes, view: JSON.parse(textOf("view")), parentElement: document.getElementById("viewer") });
  startLecture();
  offerKeys(JSON.parse(textOf("key-texts")));
  readPicture(bytes).then((picture) => {
    showHeatmaps(picture);
    offerFigures(picture.header, JSON.parse(textOf("figure-texts")));
  });
}

function textOf(id) {
  return document.getElementById(id).textContent;
}

/** The key "?" lists the keys. */
function offerKeys(texts) {
  if (!texts) return;
  const dialog = drawKeys(texts, { hasLessons: false });
  document.body.append(dialog);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || isNotForPage(event)) return;
    event.preventDefault();
    dialog.showModal();
  });
}

/** The same choice of figures to save that the app has; without texts there is none. */
function offerFigures({ cells, texts }, choiceTexts) {
  if (!choiceTexts) return;
  const place = document.getElementById("figures");
  const choice = createFigureChoice(choiceTexts, VIEWER_FIGURES, cells.map((cell) => [cell, texts.cells[cell]]));
  place.append(make("summary", { text: choiceTexts.save }), choice);
  place.hidden = false;
}

/** One figure for each architecture, drawn again when its width or the theme changes. */
function showHeatmaps(picture) {
  const { header } = picture;
  const row = document.getElementById("maps");
  row.style.setProperty("--columns", header.cells.length);
  const figures = header.cells.map((cell) => {
    const plot = make("div", { className: "gateviz-plot" });
    row.append(make("figure", { attributes: { "data-maps": cell, "aria-label": header.texts.cells[cell] }, children: [plot] }));
    return { cell, plot, drawn: "", images: {} };
  });
  const draw = () => {
    const theme = themeOf(row);
    const scale = createColourScale(header, theme);
    for (const figure of figures) drawFigure(figure, picture, theme, scale);
  };
  const watch = new ResizeObserver(draw);
  for (const { plot } of figures) watch.observe(plot);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}

function drawFigure(figure, picture, theme, scale) {
  const { header, signals } = picture;
  const { cell, plot, images } = figure;
  const wanted = `${theme} ${plot.clientWidth}`;
  if (plot.clientWidth === 0 || figure.drawn === wanted) return;
  figure.drawn = wanted;
  const size = { steps: windowWidth(header), units: header.units[cell] };
  const image = (signal) => (images[`${theme} ${signal}`] ??= mapImage(signals[cell][signal], { ...size, pixel: scale.painter(signal) }));
  plot.replaceChildren(heatmapSvg(cell, picture, { width: plot.clientWidth, image }));
}

openPage();
