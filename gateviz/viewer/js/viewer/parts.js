// All parts of one picture, put together. They follow one state and know nothing of the server.

import { createArchitectureColumn } from "../column/architecture_column.js";
import { createCompareParts } from "../compare/compare_parts.js";
import { createBeats } from "../diagram/beats.js";
import { createEquationCard } from "../diagram/equation_card.js";
import { createColourScale } from "../format/colours.js";
import { createCardHoldOf, createHand } from "../hand/hand.js";
import { createHandRow } from "../hand/hand_row.js";
import { createFigurePlaces } from "../maps/figure_places.js";
import { make } from "../page/elements.js";
import { themeOf } from "../page/theme.js";
import { createOpeningLine } from "../sentence/opening_line.js";
import { createOptions } from "../sentence/options.js";
import { createTokenColours } from "../sentence/token_colours.js";
import { createTokens } from "../sentence/tokens.js";
import { createTransport } from "../sentence/transport.js";

const PHONE = "(max-width: 640px)"; // as in the style sheets

/**
 * Draw everything of one picture into `root`.
 * @param {HTMLElement} root
 * @param {import("../picture/pieces.js").Picture} picture
 * @param {import("./view_state.js").ViewState} state
 * @param {object} actions What the parts may do: see actions.js.
 * @param {object} holding What is held: see holding.js.
 */
export function buildParts(root, picture, state, actions, holding) {
  const parts = createAll(root, picture, state, actions, holding);
  const { transport, tokens, columns, card, writing, hand, compare, beats, figures } = parts;
  const removeLayout = layOut(root, picture.header, parts);
  return {
    ...createDrawing(picture.header, state, parts),
    onKey: (event) => {
      if (event.key !== "Shift" && !event.defaultPrevented) beats.stop(); // the key that answers a question begins them
      return (event.key === "Escape" && (card.onEscape() || writing.onEscape())) || hand.onKey(event) || transport.onKey(event);
    },
    paintMaps: () => columns.forEach((column) => column.paint()),
    colourTokens: () => tokens.paint(parts.tokenColours.valid(state.colour), state.unit),
    light: (lit) => columns.forEach((column) => column.light(lit)),
    playBeats: beats.play,
    stopBeats: beats.stop,
    play: transport.play,
    isPlaying: transport.isPlaying,
    dispose: () => {
      transport.pause();
      for (const part of [card, hand, figures, compare]) part.dispose();
      beats.stop();
      removeLayout();
    },
  };
}

function createAll(root, picture, state, actions, holding) {
  const { header } = picture;
  root.dataset.theme = themeOf(root);
  const scale = createColourScale(header, root.dataset.theme);
  const tokenColours = createTokenColours(picture, scale, root.dataset.theme);
  const beats = createStepInBeats(state, actions, (beat) => columns.forEach((column) => column.beat(beat)));
  const transport = createTransport(picture, state, { ...actions, stepInBeats: beats.stepOn });
  const tokens = createTokens(header, tokenColours, actions.goTo);
  const compare = createCompareParts(root, picture, state, actions, tokens);
  const columns = header.cells.map((cell) => createArchitectureColumn(cell, picture, { scale, state, actions, compared: compare.compared }));
  const readers = Object.fromEntries(header.cells.map((cell, index) => [cell, columns[index].reader]));
  const cardHold = createCardHoldOf(picture, state, holding);
  const card = createEquationCard(root, header, scale, readers, state, cardHold);
  const opening = createOpeningLine(header, state, actions);
  const options = createOptions(header, state, tokenColours, actions);
  const row = createHandRow();
  const writing = actions.writing.attach(picture, root.dataset.theme);
  const hand = createHand(root, picture, state, { holding, actions, slot: row.slots.holds, card });
  const figures = createFiguresOver(columns, createFigurePlaces(root, header));
  return { beats, tokenColours, transport, tokens, compare, columns, card, opening, options, row, writing, hand, figures };
}

/** `draw` draws everything, `show` what a step changes, `drawNumbers` what other numbers of some architectures change. */
function createDrawing({ cells }, state, { beats, tokenColours, transport, tokens, compare, columns, card, opening, options, writing, hand, figures }) {
  const paintTokens = () => tokens.paint(tokenColours.valid(state.colour), state.unit);
  return {
    draw: () => {
      compare.draw();
      transport.draw(state.shown);
      tokens.makeRoomFor(options.legend);
      for (const column of columns) column.draw();
      hand.draw();
      figures.place();
    },
    drawNumbers: (changed) => {
      const own = columns.filter((_, index) => changed.includes(cells[index]));
      if (compare.compared()) compare.draw();
      for (const column of own) column.draw();
      paintTokens();
      for (const column of own) column.show();
      for (const part of [options, hand, card]) part.show();
      figures.follow();
    },
    show: () => {
      beats.stopElsewhere();
      paintTokens();
      tokens.show(state.step); // first, because it asks the page where things are, and the others only write
      for (const part of [compare, transport, opening, options, ...columns, writing, hand, card]) part.show();
      figures.follow();
    },
  };
}

/** Plotly's figures over the maps: `place` lays them, and `follow` does where other maps are as they are than before. */
function createFiguresOver(columns, { place, dispose }) {
  let plain = "";
  const isPlain = () => columns.map((column) => column.isPlain()).join();
  function placeAll() {
    plain = isPlain();
    place(columns.map((column) => column.figure()));
  }
  return { place: placeAll, follow: () => isPlain() !== plain && placeAll(), dispose };
}

/** The beats of one step. They stop when another step is shown. */
function createStepInBeats(state, actions, onBeat) {
  const beats = createBeats(onBeat);
  let played = null; // the step that they are of
  function play() {
    played = state.step;
    beats.play();
  }
  function stepOn() {
    actions.goTo(state.step + 1); // at the end it plays the last step
    play();
  }
  const stopElsewhere = () => state.step !== played && beats.stop();
  return { play, stepOn, stopElsewhere, stop: beats.stop };
}

/** Put the parts into the root. Returns a function that ends what follows the page. */
function layOut(root, header, { opening, transport, tokens, row, writing, hand, compare, columns, card, options }) {
  const controls = make("div", { className: "control-row", children: [transport.element] });
  const sentence = make("div", { className: "sentence-row", children: [tokens.element] });
  const bar = make("div", { className: "bar", children: [controls, sentence, row.element] });
  const dock = make("div", { className: "dock", children: [bar] });
  const grid = make("div", {
    className: columns.length === 1 ? "panels alone" : "panels",
    attributes: { style: `--columns:${columns.length}` },
    children: columns.map((column) => column.element),
  });
  root.dataset.steps = header.tokens.length;
  for (const [cell, colour] of Object.entries(header.palettes[root.dataset.theme].cell)) root.style.setProperty(`--${cell}`, colour);
  root.replaceChildren(...[opening.element ?? writing.heading, dock, grid, card.element, ...hand.elements].filter(Boolean));
  if (hand.happened) (opening.element ?? row.element).append(hand.happened);
  if (writing.strip) row.slots.write.append(writing.strip);
  header.cells.forEach((cell, place) => columns[place].putUnderTitle(writing.line(cell)));
  compare.layOut({ slot: row.slots.compare, grid, panels: columns.map((column) => column.element) });
  const stopPlacing = placeOptions(options, { row: controls, sentence, dock });
  root.onmousedown = (event) => {
    if (!event.composedPath()[0].closest?.(".token, .opening-token, .transport-button, [data-node]")) return;
    event.preventDefault(); // a click steps, and the keys go on working on the picture
    root.focus({ preventScroll: true });
  };
  const stopPinning = pinWhenScrolledPast(dock, bar);
  return () => [stopPlacing, stopPinning].forEach((stop) => stop());
}

/** The options stand beside the transport and the legend at the tokens; on a phone, whose transport is at the foot, above the cell. */
function placeOptions({ element, legend }, { row, sentence, dock }) {
  const phone = matchMedia(PHONE);
  const place = () => {
    if (phone.matches) dock.after(element, legend);
    else [row, sentence].forEach((parent, index) => parent.append([element, legend][index]));
  };
  place();
  phone.addEventListener("change", place);
  return () => phone.removeEventListener("change", place);
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
