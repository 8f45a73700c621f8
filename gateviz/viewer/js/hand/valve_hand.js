// The hand on the valves of the diagrams: a drag with mouse, pen or touch, and the keys of a slider. A click without a drag
// opens the equation, as on any node.

import { createDrag, valueAfterKey } from "./valve_drag.js";

/**
 * @param {HTMLElement} root
 * @param {object} hand
 * @param {(node: Element) => object} hand.placeOf What a valve is of: a hold without steps and value.
 * @param {(node: Element) => number} hand.valueOf How far it is open now.
 * @param {(node: Element) => void} hand.begin A hand has taken hold of a valve.
 * @param {(node: Element, value: number, isSameMove: boolean) => void} hand.move
 * @param {() => void} hand.end
 * @param {(node: Element, text: string) => void} hand.type Somebody wants to type a value, and has typed this of it.
 * @returns {{cancel: () => boolean, isMoving: () => boolean, dispose: () => void}} `cancel` ends a drag; whether there was one.
 */
export function createValveHand(root, hand) {
  const listening = new AbortController();
  const on = (name, answer, options) => root.addEventListener(name, answer, { signal: listening.signal, ...options });
  let touched = null; // {pointerId, node, drag, isMoving}
  let isClickOfDrag = false;

  function onDown(event) {
    const node = valveOf(event);
    isClickOfDrag = false;
    if (!node || event.button !== 0 || touched) return;
    const { clientX: x, clientY: y, pointerId, pointerType } = event;
    touched = { pointerId, node, drag: createDrag({ x, y, value: hand.valueOf(node), pointerType }), isMoving: false };
  }
  function onMove(event) {
    if (touched?.pointerId !== event.pointerId) return;
    const value = touched.drag.moveTo(event.clientX, event.clientY);
    if (value === null) return;
    const isFirst = !touched.isMoving;
    if (isFirst) {
      touched.isMoving = true;
      root.setPointerCapture(event.pointerId); // the root stays, whatever is drawn anew
      root.classList.add("moving-valve");
      hand.begin(touched.node);
    }
    hand.move(touched.node, value, !isFirst);
  }
  function onEnd(event) {
    if (touched?.pointerId !== event.pointerId) return;
    finish();
  }
  function finish() {
    const { isMoving } = touched;
    isClickOfDrag = isMoving;
    touched = null;
    root.classList.remove("moving-valve");
    if (isMoving) hand.end();
  }
  function onKey(event) {
    const node = event.target.closest?.("[data-valve]");
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[\d.,]$/.test(event.key)) {
      event.preventDefault();
      return hand.type(node, event.key);
    }
    const value = valueAfterKey(event.key, hand.valueOf(node));
    if (value === null) return;
    event.preventDefault();
    hand.move(node, value, event.repeat);
  }
  on("pointerdown", onDown);
  on("pointermove", onMove);
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) on(name, onEnd);
  on("keydown", onKey);
  on("dblclick", (event) => valveOf(event) && hand.type(valveOf(event), ""));
  on("click", (event) => isClickOfDrag && event.stopPropagation(), { capture: true });
  return {
    cancel: () => {
      const wasMoving = touched?.isMoving === true;
      if (touched) finish();
      return wasMoving;
    },
    isMoving: () => touched?.isMoving === true,
    dispose: () => listening.abort(),
  };
}

function valveOf(event) {
  return event.target.closest?.("[data-valve]") ?? null;
}
