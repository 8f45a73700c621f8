// What a person can do with a second sentence, as viewer/actions.js.

/** The arguments are those of createActions(). */
export function createCompareActions(state, { show, redraw, onStep, remember }) {
  return {
    /** Open the box of a second sentence, or close it, which ends the comparison. */
    openCompare(isOpen) {
      Object.assign(state, { isComparing: isOpen, other: null, otherStep: null, mapLook: "after" });
      redraw();
      remember();
    },
    compare(other) {
      Object.assign(state, { isComparing: true, other, otherStep: null, mapLook: state.other === null ? "difference" : state.mapLook });
      redraw();
      remember();
    },
    /** Go to a token of the second sentence, and to the step of the shown one that stands beside it. */
    goToOther(other, step) {
      Object.assign(state, { step, isScrolled: false, otherStep: other });
      onStep();
      show();
      remember();
    },
    lookAt(look) {
      state.mapLook = look;
      redraw();
    },
    redraw,
  };
}
