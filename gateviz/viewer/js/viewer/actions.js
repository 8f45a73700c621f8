// What a person can do with the picture. Each action changes the state, shows the change and remembers it in the address.

import { createCompareActions } from "../compare/compare_actions.js";
import { clampStep, reachedSteps } from "../picture/time_window.js";
import { scrollWindow } from "./view_state.js";

/**
 * @param {import("./view_state.js").ViewState} state
 * @param {object} effects How the viewer shows a change.
 * @param {() => object} effects.header The header of the picture that is shown.
 * @param {() => void} effects.show Show step, unit and window.
 * @param {() => void} effects.drawUnit Draw what depends on the chosen unit, then show.
 * @param {() => void} effects.redraw Draw everything.
 * @param {() => void} effects.onStep Before each step is shown.
 * @param {() => void} effects.remember Remember the state in the address.
 */
export function createActions(state, effects) {
  const { header, show, drawUnit, redraw, onStep, remember } = effects;
  return {
    ...createCompareActions(state, effects),
    goTo(step) {
      const next = clampStep(step, reachedSteps(header()));
      if (next === state.step && !state.isScrolled && state.otherStep === null) return;
      Object.assign(state, { step: next, isScrolled: false, otherStep: null });
      onStep();
      show();
      remember();
    },
    /** Go to a token of the compared sentence, and to the step of the shown one that stands beside it. */
    goToOther(other, step) {
      Object.assign(state, { step, isScrolled: false, otherStep: other });
      onStep();
      show();
      remember();
    },
    scroll(start) {
      scrollWindow(state, header(), start);
      show();
    },
    chooseUnit(unit) {
      Object.assign(state, { unit, isUnitChosen: true, whole: false });
      drawUnit();
      remember();
    },
    showWhole(whole) {
      state.whole = whole;
      drawUnit();
      remember();
    },
    orderRows(order) {
      state.order = order;
      redraw();
      remember();
    },
    colourTokens(colour) {
      state.colour = colour;
      show();
      remember();
    },
    cover(covered) {
      Object.assign(state, { covered, revealed: false });
      show();
      remember();
    },
    showCell(cell) {
      Object.assign(state, { shown: cell, isCellChosen: true });
      redraw();
      remember();
    },
  };
}
