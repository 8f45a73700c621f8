// All that belongs to a second sentence: its line, the tokens of both, the sentence that says what is left of the difference, and
// the chart of it. Without a second sentence there is only the button.

import { createComparison } from "./comparison.js";
import { otherStep, statesOf, stepBeside } from "./compared.js";
import { createLifeChart } from "./life_chart.js";
import { createLifeWords } from "./life_words.js";
import { createSecondLine } from "./second_line.js";
import { createTokenPairs } from "./token_pairs.js";

const PHONE = "(max-width: 640px)"; // as in the style sheets

/**
 * @param {HTMLElement} root
 * @param {import("../picture/pieces.js").Picture} picture
 * @param {import("../viewer/view_state.js").ViewState} state
 * @param {object} actions See viewer/actions.js.
 * @param {object} tokens That of createTokens().
 */
export function createCompareParts(root, picture, state, actions, tokens) {
  const { header } = picture;
  const comparison = createComparison(picture, state, actions);
  const { compared } = comparison;
  const line = createSecondLine(header, state, comparison, actions);
  const pairs = createTokenPairs(tokens, header, (other) => actions.goToOther(other, stepBeside(compared(), other)));
  const life = { words: null, chart: null }; // what tells how long the difference lives; made when first needed
  const phone = matchMedia(PHONE);
  let paired = null; // the sentence whose tokens stand under the shown ones
  let places = null; // the columns by cell, and what lies around them

  /** Put the parts where they belong: the line into `slot`, the chart into one of the panels. */
  function layOut({ slot, grid, panels }) {
    if (!picture.reader) return;
    places = { grid, panel: panels[header.cells.indexOf(shortestColumn(header))] };
    slot.append(line.element);
    phone.addEventListener("change", placeLife);
  }
  /** The chart under the maps of the architecture that has the fewest; on a phone, which shows one architecture, under all. */
  function placeLife() {
    const { words, chart } = life;
    const place = phone.matches ? root : places.panel;
    if (!compared()) [words, chart].forEach((part) => part?.element.remove());
    if (!compared() || (words.element.isConnected && chart.element.parentElement === place)) return;
    root.prepend(words.element);
    if (phone.matches) places.grid.after(chart.element);
    else place.append(chart.element);
  }
  function drawLife() {
    const now = compared();
    if (now) {
      life.words ??= createLifeWords(header, actions.goTo);
      life.chart ??= createLifeChart(header, statesOf(header, picture.signals));
      life.words.draw(now, comparison.lives());
      life.chart.draw(comparison.lives());
    }
    placeLife();
  }
  function draw() {
    if (!picture.reader) return;
    comparison.follow();
    const now = compared();
    if (now !== paired) pairs.pair(now);
    paired = now;
    root.toggleAttribute("data-compared", now !== null);
    root.dataset.mapLook = now ? state.mapLook : "after";
    line.show();
    drawLife();
  }
  function show() {
    const now = compared();
    if (!now) return;
    pairs.show(state.otherStep ?? otherStep(now, state.step));
    life.chart.show(state.step);
  }
  return { compared, layOut, draw, show, dispose: () => phone.removeEventListener("change", placeLife) };
}

function shortestColumn({ cells, maps }) {
  return cells.reduce((shortest, cell) => (maps[cell].length < maps[shortest].length ? cell : shortest));
}
