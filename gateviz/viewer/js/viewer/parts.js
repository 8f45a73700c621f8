// All parts of one picture, put together. They follow one state and know nothing of the server.

import { createArchitectureColumn } from "../column/architecture_column.js";
import { createEquationCard } from "../diagram/equation_card.js";
import { createColourScale } from "../format/colours.js";
import { createFigurePlaces } from "../maps/figure_places.js";
import { make } from "../page/elements.js";
import { themeOf } from "../page/theme.js";
import { createOptions } from "../sentence/options.js";
import { createTokenColours } from "../sentence/token_colours.js";
import { createTokens } from "../sentence/tokens.js";
import { createTransport } from "../sentence/transport.js";

/**
 * Draw everything of one picture into `root`.
 * @param {HTMLElement} root
 * @param {import("../picture/pieces.js").Picture} picture
 * @param {import("./view_state.js").ViewState} state
 * @param {object} actions What the parts may do: see actions.js.
 */
export function buildParts(root, picture, state, actions) {
  const { header } = picture;
  root.dataset.theme = themeOf(root);
  const scale = createColourScale(header, root.dataset.theme);
  const tokenColours = createTokenColours(picture, scale, root.dataset.theme);
  const transport = createTransport(picture, state, actions);
  const tokens = createTokens(header, tokenColours, actions.goTo);
  const columns = header.cells.map((cell) => createArchitectureColumn(cell, picture, { scale, state, actions }));
  const readers = Object.fromEntries(header.cells.map((cell, index) => [cell, columns[index].reader]));
  const card = createEquationCard(root, header, readers, state);
  const options = createOptions(header, state, tokenColours, actions);
  const figures = createFigurePlaces(root, header);
  let plain = ""; // which architectures' maps are as Plotly's figures are
  const placeFigures = () => {
    plain = columns.map((column) => column.isPlain()).join();
    figures.place(columns.map((column) => column.figure()));
  };
  const removeLayout = layOut(root, header, { transport, tokens, columns, card, options });
  return {
    draw: () => {
      transport.draw(state.shown);
      for (const column of columns) column.draw();
      placeFigures();
    },
    paintMaps: () => columns.forEach((column) => column.paint()),
    show: () => {
      tokens.paint(tokenColours.valid(state.colour), state.unit);
      tokens.show(state.step); // first, because it asks the page where things are, and the others only write
      transport.show();
      options.show();
      for (const column of columns) column.show();
      card.show();
      if (columns.map((column) => column.isPlain()).join() !== plain) placeFigures();
    },
    colourTokens: () => tokens.paint(tokenColours.valid(state.colour), state.unit),
    light: (lit) => columns.forEach((column) => column.light(lit)),
    onKey: (event) => (event.key === "Escape" && card.onEscape()) || transport.onKey(event),
    play: transport.play,
    isPlaying: transport.isPlaying,
    dispose: () => {
      transport.pause();
      card.dispose();
      figures.dispose();
      removeLayout();
    },
  };
}

/** Put the parts into the root. Returns a function that ends what follows the page. */
function layOut(root, header, { transport, tokens, columns, card, options }) {
  const bar = make("div", { className: "bar", children: [transport.element, tokens.element] });
  const dock = make("div", { className: "dock", children: [bar] });
  const grid = make("div", {
    className: columns.length === 1 ? "panels alone" : "panels",
    attributes: { style: `--columns:${columns.length}` },
    children: columns.map((column) => column.element),
  });
  root.dataset.steps = header.tokens.length;
  for (const [cell, colour] of Object.entries(header.palettes[root.dataset.theme].cell)) root.style.setProperty(`--${cell}`, colour);
  root.replaceChildren(dock, options.element, grid, card.element);
  root.onmousedown = (event) => {
    if (!event.composedPath()[0].closest?.(".token, .transport-button, [data-node]")) return;
    event.preventDefault(); // a click steps, and the keys go on working on the picture
    root.focus({ preventScroll: true });
  };
  return pinWhenScrolledPast(dock, bar);
}

/** Keep the tokens and the transport in sight while the heatmaps are read. */
function pinWhenScrolledPast(dock, bar) {
  const observer = new IntersectionObserver(([entry]) => {
    const isAbove = !entry.isIntersecting && entry.boundingClientRect.top < 120;
    dock.style.height = isAbove ? `${dock.offsetHeight}px` : "";
    bar.classList.toggle("pinned", isAbove);
    if (isAbove) Object.assign(bar.style, { left: `${dock.getBoundingClientRect().left}px`, width: `${dock.offsetWidth}px` });
    else Object.assign(bar.style, { left: "", width: "" });
  }, { rootMargin: "-60px 0px 0px 0px" });
  observer.observe(dock);
  return () => observer.disconnect();
}
