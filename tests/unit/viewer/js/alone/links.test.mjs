import assert from "node:assert/strict";
import { test } from "node:test";

import { firstLanguage } from "../../../../../gateviz/viewer/js/alone/languages.js";
import { cellsIn, hasNonsense, placeIn, textIn } from "../../../../../gateviz/viewer/js/alone/links.js";

const CELLS = ["rnn", "lstm", "gru"];
const HEADER = {
  cells: CELLS, tokens: [{}, {}, {}], units: { rnn: 4, lstm: 4, gru: 3 }, layer: 0, direction: "forward",
  orders: Object.fromEntries(CELLS.map((cell) => [cell, { few: [0], unit: [0] }])),
};
const PLACES = [{ layer: 0, direction: "forward" }, { layer: 0, direction: "reverse" }, { layer: 1, direction: "forward" }, { layer: 1, direction: "reverse" }];
const isNonsense = (search) => hasNonsense(search, HEADER, { cells: CELLS, places: PLACES, limit: 5, texts: { en: { too_long: "too long", empty: "empty" }, zh: {} } });

test("a link names a sentence and architectures; what is not there gives way", () => {
  assert.equal(textIn("?text=a%20%2B%20b"), "a + b");
  assert.equal(textIn("?step=2"), null);
  assert.deepEqual(cellsIn("?cells=gru,rnn,mlp", CELLS), ["rnn", "gru"]);
  assert.deepEqual(cellsIn("?cells=mlp", CELLS), CELLS);
  assert.deepEqual(cellsIn("", CELLS), CELLS);
});

test("a link names a layer and a direction, each by itself", () => {
  assert.deepEqual(placeIn("", PLACES), PLACES[0]);
  assert.deepEqual(placeIn("?layer=1", PLACES), PLACES[2]);
  assert.deepEqual(placeIn("?direction=reverse", PLACES), PLACES[1]);
  assert.deepEqual(placeIn("?layer=1&direction=reverse", PLACES), PLACES[3]);
  assert.deepEqual(placeIn("?layer=7&direction=up", PLACES), PLACES[0]);
  assert.deepEqual(placeIn("?layer=1&direction=up", PLACES), PLACES[2]);
});

test("what a page has is no nonsense, and names of others are not looked at", () => {
  assert.ok(!isNonsense("?text=a&step=2&unit=2&cells=rnn,gru&lang=zh&layer=0&direction=forward&rows=unit&diagram=unit&shown=gru&other=one&hold=lstm.forget_gate@1-:0,gru.candidate:other&utm=1"));
});

test("each name that says what is not there is seen", () => {
  for (const wrong of ["step=3", "step=-1", "step=x", "unit=3", "cells=mlp", "cells=rnn,mlp", "lang=tlh", "layer=2", "direction=up", "rows=no", "diagram=0", "shown=mlp", "hold=x", "hold=lstm.forget_gate:2", "hold=lstm.forget_gate@3-:0", "hold=rnn.hidden_state:other", "other=%20", "other=123456"]) {
    assert.ok(isNonsense(`?${wrong}`), wrong);
  }
});

test("a link's language goes before the browser's, and that before the page's own", () => {
  assert.equal(firstLanguage("?lang=zh", ["en-US"], ["en", "zh"], "en"), "zh");
  assert.equal(firstLanguage("?lang=tlh", ["fr", "zh-TW"], ["en", "zh"], "en"), "zh");
  assert.equal(firstLanguage("", ["fr"], ["en", "zh"], "zh"), "zh");
});
