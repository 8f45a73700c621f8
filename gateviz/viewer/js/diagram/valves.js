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
  let laid = null; // how many lanes lie in the valve
  const filled = []; // their colours
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
      const count = colours?.length ?? 0;
      if (count !== laid) layLanes(lanes, count, place);
      laid = count;
      for (let index = 0; index < count; index++) if (colours[index] !== filled[index]) lanes[index].style.fill = filled[index] = colours[index];
    },
  };
}

/**
 * Lay so many lanes over the valve: the first is the farthest from what is open. Each reaches over all that come after it,
 * which cover it, so that no seam is seen between two.
 */
function layLanes(lanes, count, place) {
  lanes.forEach((lane, index) => {
    lane.style.visibility = index < count ? "" : "hidden";
    if (index < count) place(lane, { across: -VALVE_RADIUS, wide: (2 * VALVE_RADIUS * (count - index)) / count });
  });
}
