// Which maps an architecture has, and which units are their rows: a few that stand for all, or all of them.

import { fill } from "../format/texts.js";

/** The order in which a picture begins: the rows of header.orders[cell].few. */
export const FEW = "few";

/**
 * The units from the top down. Among the few, a unit that somebody has chosen stands for its own group.
 * @param {object} header
 * @param {string} cell
 * @param {import("../viewer/view_state.js").ViewState} state
 * @returns {number[]}
 */
export function rowsOf({ orders, groups }, cell, { order, whole, unit }) {
  const rows = orders[cell][order];
  if (order !== FEW || whole) return rows;
  const place = groups[cell][unit];
  return rows[place] === unit ? rows : rows.map((other, at) => (at === place ? unit : other));
}

/** The signals that have a map: the gates and what they keep; all with all rows, or where a lesson points at another one. */
export function mapsOf({ maps }, cell, all, { order, lit }) {
  const isAsked = lit && (lit.cell ?? cell) === cell && all.includes(lit.signal) && !maps[cell].includes(lit.signal);
  return order === FEW && !isAsked ? maps[cell] : all;
}

/** The choices of rows, as [order, text]: the few, then all of them. */
export function rowOrders({ texts, orders, cells, units: sizes }) {
  const [cell] = [...cells].sort((one, other) => sizes[other] - sizes[one]);
  const [rows, units] = [orders[cell][FEW].length, sizes[cell]];
  const few = rows < units ? fill(texts.rows_few, { rows, units }) : texts.rows_main;
  const all = (order) => (rows < units ? fill(texts.rows_all, { units, order }) : fill(texts.rows_all_signals, { order }));
  return [[FEW, few], ...namesOf(texts).map(([name, order]) => [name, all(order)])];
}

/** Whether the rows are all units, in the order in which a picture begins: then nothing need be said of them. */
export function areAsExpected({ orders, units }, cell, { order }) {
  return order === FEW && orders[cell][FEW].length === units[cell];
}

/** Which units the rows are, in words: "32 of 256 units". */
export function rowsNote({ texts, orders, units: sizes }, cell, { order }) {
  const [rows, units] = [orders[cell][order].length, sizes[cell]];
  if (rows < units) return fill(texts.rows_note_few, { rows, units });
  return fill(texts.rows_note, { units, order: Object.fromEntries(namesOf(texts))[order] ?? texts.rows_cluster });
}

/** The orders of all units, as [order, text]. */
function namesOf(texts) {
  return [["cluster", texts.rows_cluster], ["unit", texts.rows_unit], ["activity", texts.rows_activity], ["half_life", texts.rows_half_life]];
}
