import assert from "node:assert/strict";
import { test } from "node:test";

import {
  adoptPicture, applyWish, firstStep, firstWindow, followCursor, initialState, isCovered, revealAtEnd, scrollWindow, viewOf,
} from "../../../../../gateviz/viewer/js/viewer/view_state.js";

const ORDERS = { few: [1], activity: [0, 1] };
const header = (text, more = {}) => ({
  text, step: 5, unit: 2, tokens: [...text], cells: ["rnn", "lstm"], units: { rnn: 8, lstm: 4 }, orders: { rnn: ORDERS, lstm: ORDERS }, window: 160, ...more,
});
const SHORT = header("The time machine");
const OTHER = header("Another text, and a longer one");
const LONG = header("x".repeat(1000));

/** The state after these pictures have come one after another, each with the address that it met. */
function after(pictures, view) {
  const state = initialState();
  let before = null;
  for (const [next, search = ""] of pictures) {
    const wished = { search, view };
    adoptPicture(state, next, before, { ...wished, step: firstStep(state, next, before, wished) });
    before = next;
  }
  return state;
}

test("the first picture begins at its own step and unit", () => {
  const { step, unit, whole, order } = after([[SHORT]]);
  assert.deepEqual({ step, unit, whole, order }, { step: 5, unit: 2, whole: true, order: "few" });
});

test("a link says where it begins, within what there is", () => {
  const { step, unit, whole, order, colour } = after([[SHORT, "?step=7&unit=3&diagram=unit&rows=activity&colour=none"]]);
  assert.deepEqual({ step, unit, whole, order, colour }, { step: 7, unit: 3, whole: false, order: "activity", colour: "none" });
  const beyond = after([[SHORT, "?step=99&unit=4"]]);
  assert.deepEqual([beyond.step, beyond.unit], [SHORT.tokens.length - 1, 2], "unit 4 is one that the LSTM does not have");
});

test("an exported page begins as it says, unless a link says otherwise", () => {
  const view = { step: 9, unit: 1, whole: false, order: "activity", colour: "none", shown: "rnn", start: 0, covered: true };
  assert.deepEqual(viewOf(after([[SHORT]], view)), view);
  assert.equal(after([[SHORT, "?step=3"]], view).step, 3);
});

test("a second sentence stays with its task, unless a link names another one", () => {
  const of = (text, task) => header(text, { models: { rnn: `${task}/rnn/0`, lstm: `${task}/lstm/0` } });
  const [first, next, elsewhere] = [of("One", "tang"), of("Two", "tang"), of("Two", "weibo")];
  const begun = after([[first, "?other=Ones"]]);
  assert.deepEqual([begun.other, begun.isComparing, begun.mapLook], ["Ones", true, "difference"]);
  assert.equal(viewOf(begun).other, "Ones");
  assert.equal(after([[first, "?other=Ones"], [next, "?other=Ones"]]).other, "Ones");
  assert.equal(after([[first, "?other=Ones"], [next, "?other=Twos"]]).other, "Twos");
  const gone = after([[first, "?other=Ones"], [elsewhere, "?other=Ones"]]);
  assert.deepEqual([gone.other, gone.isComparing, gone.mapLook], [null, false, "after"]);
});

test("what an exported page says in a way that nobody knows is left out", () => {
  const state = after([[SHORT]], { step: "9", unit: -1, whole: "no", order: "constructor", shown: "tlh", start: 1.5 });
  assert.deepEqual(viewOf(state), { ...viewOf(after([[SHORT]])), colour: null });
});

test("the same text in another language stays where it is", () => {
  const state = after([[SHORT, "?step=7"]]);
  Object.assign(state, { step: 11, unit: 1, isUnitChosen: true, lit: { signal: "forget_gate", cell: null } });
  const step = firstStep(state, SHORT, SHORT, { search: "?step=7" });
  adoptPicture(state, SHORT, SHORT, { search: "?step=7&unit=3", step });
  assert.deepEqual([state.step, state.unit, state.lit.signal], [11, 1, "forget_gate"]);
});

test("another text begins at its own first step, with nothing lit, and keeps the unit that a person has chosen", () => {
  const state = after([[SHORT]]);
  Object.assign(state, { unit: 3, isUnitChosen: true, lit: { signal: "forget_gate", cell: null }, isScrolled: true });
  adoptPicture(state, OTHER, SHORT, { search: "", step: firstStep(state, OTHER, SHORT, { search: "" }) });
  assert.deepEqual([state.step, state.unit, state.lit, state.isScrolled], [5, 3, null, false]);
  assert.equal(after([[SHORT], [header("third", { unit: 1 })]]).unit, 1, "nobody has chosen one");
});

test("a unit that the new architectures do not have gives way to the picture's own", () => {
  const state = after([[SHORT, "?unit=3"]]);
  const small = header(SHORT.text, { units: { rnn: 3 }, cells: ["rnn"] });
  adoptPicture(state, small, SHORT, { search: "", step: 0 });
  assert.equal(state.unit, 2);
});

test("a wish moves the step within the text, and shows a unit or all of them", () => {
  const state = after([[SHORT]]);
  applyWish(state, SHORT, { step: 1000, unit: 1, highlight: "forget_gate", cell: "lstm" });
  assert.deepEqual([state.step, state.unit, state.whole, state.shown], [SHORT.tokens.length - 1, 1, false, "lstm"]);
  assert.deepEqual(state.lit, { signal: "forget_gate", cell: "lstm" });
  applyWish(state, SHORT, { unit: null });
  assert.deepEqual([state.unit, state.whole, state.lit], [1, true, null]);
  applyWish(state, SHORT, { unit: 3, whole: true });
  assert.deepEqual([state.unit, state.whole], [3, true]);
});

test("a wish for what is not there changes nothing", () => {
  const state = after([[SHORT]]);
  const before = structuredClone(state);
  applyWish(state, SHORT, { step: 1.5, unit: 4, cell: "tlh", whole: "yes" });
  assert.deepEqual(state, before);
});

test("a wish may set the order of the rows and the colour of the text, and veil what is to come", () => {
  const state = after([[SHORT]]);
  applyWish(state, SHORT, { order: "activity", colour: "lstm:forget_gate", veil: true });
  assert.deepEqual([state.order, state.colour, state.veiled], ["activity", "lstm:forget_gate", true]);
  applyWish(state, SHORT, { order: "constructor", step: 3 });
  assert.deepEqual([state.order, state.veiled], ["activity", true], "no such order; and nobody has lifted the veil");
  adoptPicture(state, OTHER, SHORT, { search: "", step: 0 });
  assert.equal(state.veiled, false, "another text has no question");
});

test("the end is covered until the last step, and once it has been seen it stays so, until another text comes", () => {
  const state = after([[SHORT, "?bet=1&step=3"]]);
  revealAtEnd(state, SHORT);
  assert.equal(isCovered(state), true);
  state.step = SHORT.tokens.length - 1;
  revealAtEnd(state, SHORT);
  assert.equal(isCovered(state), false);
  state.step = 3;
  revealAtEnd(state, SHORT);
  assert.equal(isCovered(state), false);
  adoptPicture(state, OTHER, SHORT, { search: "", step: 0 });
  assert.equal(isCovered(state), true);
});

test("the window follows the cursor, until a person moves it; then it waits for the next step", () => {
  const state = after([[LONG, "?step=500"]]);
  followCursor(state, LONG);
  assert.deepEqual([state.start, state.isCursorOutside], [420, false]);
  assert.deepEqual(firstWindow(initialState(), LONG, 500), [420, 579]);
  scrollWindow(state, LONG, 0);
  followCursor(state, LONG);
  assert.deepEqual([state.start, state.isCursorOutside, state.step], [0, true, 500]);
  scrollWindow(state, LONG, 5000);
  assert.equal(state.start, 840);
  applyWish(state, LONG, { step: 501 });
  followCursor(state, LONG);
  assert.ok(state.start <= 501 && 501 < state.start + 160);
});

test("what is held stays with its task, and a new link says otherwise", () => {
  const models = (task) => ({ models: { rnn: `${task}/rnn/0`, lstm: `${task}/lstm/0` } });
  const [one, two, other] = [header("one text", models("a")), header("two texts", models("a")), header("one text", models("b"))];
  const held = (pictures) => viewOf(after(pictures)).hold;
  const link = "?hold=lstm.forget_gate@3-:0";
  assert.equal(held([[one, link]]), "lstm.forget_gate@3-:0");
  assert.equal(held([[one, link], [two]]), "lstm.forget_gate@3-:0", "whatever the server writes");
  assert.equal(held([[one, link], [other, link]]), undefined, "another task has other models");
  assert.equal(held([[one, link], [two, "?hold=gru.reset_gate:1"]]), "gru.reset_gate:1");
  assert.equal(held([[one, "?hold=nonsense"]]), undefined);
});
