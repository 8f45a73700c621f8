// Lines over the steps of the whole text, with the cursor on them.

import { make, sizeCanvas } from "../page/elements.js";

const HEIGHT = 40;

/** `draw(lines, mark)` draws lines {values, isDotted, isGhost}; `mark` is a step of the first line that gets a dot, or null. */
export function createTimeline(steps, [low, high]) {
  const canvas = make("canvas", { attributes: { "aria-hidden": "true" } });
  const cursor = make("div", { className: "curve-cursor" });
  const element = make("div", { className: "timeline tells-end", children: [canvas, cursor] });
  let width = 0;
  const x = (step) => ((step + 0.5) * width) / steps;
  const y = (value) => 3 + (HEIGHT - 6) * (1 - (value - low) / (high - low));

  function draw(lines, mark) {
    width = element.clientWidth;
    if (!width) return;
    const context = sizeCanvas(canvas, width, HEIGHT);
    context.clearRect(0, 0, width, HEIGHT);
    context.strokeStyle = context.fillStyle = getComputedStyle(element).color;
    context.lineWidth = 1.5;
    for (const line of lines) drawLine(context, line, x, y);
    context.globalAlpha = 1;
    if (mark === null) return;
    context.beginPath();
    context.arc(x(mark), y(lines[0].values[mark]), 3.5, 0, 2 * Math.PI);
    context.fill();
  }
  function show(step) {
    cursor.style.transform = `translateX(${x(step) - 2}px)`;
  }
  return { element, draw, show };
}

function drawLine(context, { values, isDotted, isGhost }, x, y) {
  context.globalAlpha = isGhost ? 0.4 : 1;
  context.lineWidth = isGhost ? 1 : 1.5;
  context.beginPath();
  values.forEach((value, step) => {
    if (value === null) return;
    if (isDotted) context.fillRect(x(step) - 1.5, y(value) - 1.5, 3, 3);
    else context.lineTo(x(step), y(value));
  });
  context.stroke();
}
