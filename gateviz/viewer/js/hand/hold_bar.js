// The small bar at the foot of a diagram whose valve a hand has moved: its value, since when it is held, and to let go. It lies over what
// is there and moves nothing. It goes when the pointer has left it and the valve, and with the next press elsewhere.

import { make } from "../page/elements.js";
import { createHoldControls } from "./hold_controls.js";

const PATIENCE = 1600; // ms

/** `open(node, at)` opens it for a valve: `at` is {place, shownValue} of hold_controls.js. */
export function createHoldBar(root, header, state, holding) {
  let asked = null; // {node, place, shownValue}
  let leaving = null;
  const controls = createHoldControls(header, state, holding, { place: () => asked.place(), shownValue: () => asked.shownValue() });
  const element = make("div", { className: "hold-bar", children: [controls.element] });
  element.hidden = true;
  const listening = new AbortController();
  const on = (name, answer) => root.addEventListener(name, answer, { signal: listening.signal });
  const isOver = (event) => asked && (element.contains(event.target) || asked.node.contains(event.target));
  on("pointerdown", (event) => !isOver(event) && close());
  on("pointerover", (event) => isOver(event) && stay());
  on("pointerout", (event) => isOver(event) && closeSoon());
  element.addEventListener("focusout", (event) => !element.contains(event.relatedTarget) && closeSoon());
  element.addEventListener("focusin", stay);

  function open(node, at) {
    stay();
    asked = { node, ...at };
    element.hidden = false;
    controls.show();
    stand();
  }
  function stand() {
    const [valve, diagram, outer] = [asked.node, asked.node.ownerSVGElement, root].map((box) => box.getBoundingClientRect());
    const middle = valve.left + valve.width / 2 - element.offsetWidth / 2;
    const left = Math.max(diagram.left, Math.min(diagram.right - element.offsetWidth, middle));
    const inside = Math.max(0, Math.min(outer.width - element.offsetWidth, left - outer.left));
    Object.assign(element.style, { left: `${inside}px`, top: `${diagram.bottom - outer.top - element.offsetHeight + 6}px` });
  }
  function stay() {
    clearTimeout(leaving);
  }
  function closeSoon() {
    stay();
    leaving = setTimeout(() => !element.matches(":focus-within") && close(), PATIENCE);
  }
  function close() {
    stay();
    controls.box.blur(); // what has been typed counts
    asked = null;
    element.hidden = true;
  }
  function show() {
    if (asked && !asked.node.isConnected) close();
    if (asked) controls.show();
  }
  function type(node, at, text) {
    open(node, at);
    controls.box.focus();
    controls.box.value = text;
    if (!text) controls.box.select();
  }
  const dispose = () => {
    stay();
    listening.abort();
  };
  return { element, open, type, close, show, dispose };
}
