import assert from "node:assert/strict";
import { test } from "node:test";

import { mapsOf, rowOrders, rowsNote, rowsOf } from "../../../../../gateviz/viewer/js/maps/map_rows.js";

const ALL = ["forget_gate", "candidate", "cell_state"];
const HEADER = {
  cells: ["rnn", "lstm"],
  units: { rnn: 2, lstm: 4 },
  orders: { rnn: { few: [1, 0] }, lstm: { few: [2, 1], cluster: [2, 3, 0, 1], unit: [0, 1, 2, 3] } },
  groups: { rnn: [1, 0], lstm: [1, 1, 0, 0] },
  maps: { rnn: ["hidden_state"], lstm: ["forget_gate", "cell_state"] },
  texts: {
    rows_few: "{rows} of {units}", rows_main: "main", rows_all: "all {units}, {order}", rows_all_signals: "all signals, {order}", rows_note: "{units}, {order}",
    rows_note_few: "{rows} of {units} units", rows_cluster: "like ones", rows_unit: "by number", rows_activity: "", rows_half_life: "",
  },
};
const STATE = { order: "few", whole: true, unit: 3, lit: null };

test("the rows are those of the order, and a chosen unit stands for its own group", () => {
  assert.equal(rowsOf(HEADER, "lstm", STATE), HEADER.orders.lstm.few);
  assert.deepEqual(rowsOf(HEADER, "lstm", { ...STATE, whole: false }), [3, 1]);
  assert.equal(rowsOf(HEADER, "lstm", { ...STATE, whole: false, unit: 2 }), HEADER.orders.lstm.few);
  assert.deepEqual(rowsOf(HEADER, "lstm", { ...STATE, whole: false, order: "cluster" }), [2, 3, 0, 1]);
});

test("at first there are the gates and what they keep; all signals with all units, or where one of the others is lit", () => {
  assert.deepEqual(mapsOf(HEADER, "lstm", ALL, STATE), ["forget_gate", "cell_state"]);
  assert.deepEqual(mapsOf(HEADER, "lstm", ALL, { ...STATE, order: "unit" }), ALL);
  const lit = (signal, cell) => mapsOf(HEADER, "lstm", ALL, { ...STATE, lit: { signal, cell } });
  assert.deepEqual(lit("candidate", "lstm"), ALL);
  assert.deepEqual(lit("candidate", null), ALL);
  for (const [signal, cell] of [["candidate", "gru"], ["cell_state", "lstm"], ["update_gate", null]]) assert.deepEqual(lit(signal, cell), ["forget_gate", "cell_state"]);
});

test("the words say how many of how many units are shown", () => {
  assert.equal(rowsNote(HEADER, "lstm", STATE), "2 of 4 units");
  assert.equal(rowsNote(HEADER, "rnn", STATE), "2, like ones");
  assert.equal(rowsNote(HEADER, "lstm", { ...STATE, order: "unit" }), "4, by number");
  assert.deepEqual(rowOrders(HEADER).slice(0, 3), [["few", "2 of 4"], ["cluster", "all 4, like ones"], ["unit", "all 4, by number"]]);
  assert.deepEqual(rowOrders({ ...HEADER, cells: ["rnn"] }).slice(0, 2), [["few", "main"], ["cluster", "all signals, like ones"]]);
});
