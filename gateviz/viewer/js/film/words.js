// What a frame shows, and how the training goes, in words. All numbers in them come with the frame.

import { fill, glyph } from "../format/texts.js";

/** 75 as 1:15 */
function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** One line on the frame: who answers right, and where a gate that keeps shuts. */
export function frameLine(frame, { header }, data) {
  const { texts } = data;
  const parts = Object.entries(frame.cells).filter(([, part]) => part.maps);
  const label = (text) => data.labels[text] ?? glyph(text);
  const right = parts.filter(([, part]) => part.right).map(([cell]) => data.cells[cell]);
  const turns = parts.filter(([, part]) => part.turn).map(([cell, part]) => turnLine(cell, part.turn, header, data));
  const begin = frame.step ? fill(texts.line_step, { step: frame.step.toLocaleString("en") }) : texts.line_start;
  return [begin + answersLine(right, parts.length, label(header.right), texts), ...turns].join(" ");
}

function answersLine(cells, count, right, texts) {
  if (cells.length === count) return fill(texts.line_all, { right });
  if (cells.length === 0) return fill(texts.line_none, { right });
  if (cells.length === 1) return fill(texts.line_some, { right, cells: cells[0] });
  return fill(texts.line_two, { right, cells: cells.join(texts.and) });
}

function turnLine(cell, [step, share], header, { texts, cells }) {
  const gate = texts[`keep_${cell}`];
  if (share < 0.1) return fill(texts.line_never, { cell: cells[cell], gate });
  const token = glyph(header.tokens[step].trim());
  return fill(texts.line_shuts, { cell: cells[cell], gate, token, place: step + 1, share: `${Math.round(100 * share)} %` });
}

/** How the training goes, or why it has ended. */
export function statusLine(status, { header, frames = [] }, texts) {
  const { state, reason, problem, place, wait, seconds, left } = status;
  if (state === "gone") return texts.status_gone;
  if (state === "queued" && wait) return fill(texts.status_queued, { place, wait: clock(wait) });
  if (state === "queued") return fill(texts.status_next, { place });
  if (state === "paused") return texts.status_paused;
  if (state === "running") return header && left !== null ? fill(texts.status_running, { seconds: clock(seconds), left: clock(left) }) : texts.status_begins;
  if (problem) return problem;
  if (reason === "shipped" && frames.length === 1) return texts.status_trained;
  return reason ? fill(texts[`status_${reason}`] ?? "", { seconds: clock(seconds ?? 0) }) : "";
}
