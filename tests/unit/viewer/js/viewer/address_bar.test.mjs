import assert from "node:assert/strict";
import { test } from "node:test";

import { numberIn } from "../../../../../gateviz/viewer/js/page/address.js";
import { viewIn, writeView } from "../../../../../gateviz/viewer/js/viewer/address_bar.js";

const HEADER = { cells: ["rnn", "lstm"], orders: { rnn: { few: [0], activity: [0] }, lstm: { few: [0], activity: [0], half_life: [0] } } };
const BEGINNING = { step: 0, unit: 3, whole: true, order: "few", colour: null, covered: false, holds: [], other: null };

/** The query of an address after this view has been written into it. */
function written(view, query = "") {
  const address = new URL(`http://localhost/${query}`);
  writeView(address, view);
  return address.search;
}

test("as a picture begins, the address has step and unit alone", () => {
  assert.equal(written(BEGINNING), "?step=0&unit=3");
});

test("the server's own names stay, and what is as at the beginning goes", () => {
  const query = "?task=tang&text=%E6%97%B6&rows=activity&diagram=unit&colour=none";
  const address = new URLSearchParams(written(BEGINNING, query));
  assert.deepEqual([...address.keys()].sort(), ["step", "task", "text", "unit"]);
  assert.equal(address.get("text"), "时");
});

test("what is written is read again", () => {
  for (const whole of [true, false]) {
    for (const order of ["few", "activity"]) {
      for (const colour of [null, "none", "lstm:forget_gate"]) {
        const covered = whole; // as often as not
        const search = written({ ...BEGINNING, step: 34, unit: 7, whole, order, colour, covered });
        const view = viewIn(search, HEADER);
        assert.deepEqual([numberIn(search, "step"), numberIn(search, "unit")], [34, 7]);
        assert.deepEqual({ whole: true, order: "few", colour: null, covered: false, ...view }, { whole, order, colour, covered });
      }
    }
  }
});

test("an order that an architecture does not have is left out, whatever a link says", () => {
  for (const rows of ["half_life", "constructor", "__proto__", "", "activity,activity"]) {
    assert.deepEqual(viewIn(`?rows=${rows}`, HEADER), {});
  }
});

test("a number is whole, not negative and not endless", () => {
  assert.deepEqual(["0", "12", "999999"].map((text) => numberIn(`?step=${text}`, "step")), [0, 12, 999999]);
  for (const text of ["", "-1", "1.5", "1e3", "9999999", "NaN", "１", " 1"]) assert.equal(numberIn(`?step=${text}`, "step"), null, text);
  assert.equal(numberIn("?unit=1", "step"), null);
});

test("what is held is in the address, and nothing of it when nothing is", () => {
  const holds = [{ cell: "lstm", layer: 0, direction: "forward", signal: "forget_gate", unit: null, from: 9, to: null, value: 0 }];
  const search = written({ ...BEGINNING, holds });
  assert.equal(viewIn(search, HEADER).hold, "lstm.forget_gate@9-:0");
  assert.ok(!written(BEGINNING, search).includes("hold"));
});
