// A gate as a valve on a wire. Of one unit it has a passage that is as open as the gate. Of all units it has a lane for
// each, sorted from shut to open and in the colours of the gates: so one sees how many are open, half open and shut.

import { makeSvg } from "../page/elements.js";

export const VALVE_RADIUS = 12;
export const MOST_LANES = 32;

/**
 * @param {{x: number, y: number, isUpright: boolean, clip: string}} place `clip` is an id that no other valve of the page has.
 * @returns {{elements: SVGElement[], show: (gate: object) => void}} `show` takes what flows.js says of a gate.
 */
export function createValve({ x, y, isUpright, clip }) {
  const circle = (kind) => makeSvg("circle", { cx: x, cy: y, r: VALVE_RADIUS, class: kind });
  const passage = makeSvg("rect", { class: "passage" });
  const lanes = Array.from({ length: MOST_LANES }, () => makeSvg("rect", { class: "lane" }));
  const inside = makeSvg("g", { class: "gate-values", "clip-path": `url(#${clip})` }, [...lanes, passage]);
  const outline = makeSvg("clipPath", { id: clip }, [makeSvg("circle", { cx: x, cy: y, r: VALVE_RADIUS })]);
  const place = (rect, { across, wide }) => {
    const [top, long] = [-VALVE_RADIUS, 2 * VALVE_RADIUS];
    const box = isUpright ? { x: x + across, y: y + top, width: wide, height: long } : { x: x + top, y: y - across - wide, width: long, height: wide };
    for (const [name, value] of Object.entries(box)) rect.setAttribute(name, value.toFixed(2));
  };
  return {
    elements: [outline, circle("valve"), inside, circle("rim")],
    show: ({ value, colour, lanes: colours }) => {
      passage.style.visibility = colours ? "hidden" : "";
      const open = 2 * VALVE_RADIUS * Math.max(0.04, Math.min(1, value || 0));
      place(passage, { across: -open / 2, wide: open });
      passage.style.fill = colour;
      lanes.forEach((lane, index) => showLane(lane, colours, index, place));
    },
  };
}

/** Each lane reaches to the far edge and the next one covers it, so that no seam is seen between two. */
function showLane(lane, colours, index, place) {
  const isShown = colours && index < colours.length;
  lane.style.visibility = isShown ? "" : "hidden";
  if (!isShown) return;
  const reach = (2 * VALVE_RADIUS * (colours.length - index)) / colours.length;
  place(lane, { across: -VALVE_RADIUS, wide: reach });
  lane.style.fill = colours[index];
}
