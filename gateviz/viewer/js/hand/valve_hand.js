// The hand on the valves of the diagrams: a drag with mouse, pen or touch, and the keys of a slider. A click without a drag
// opens the equation, as on any node.

import { createDrag, valueAfterKey } from "./valve_drag.js";

export class ValveHand {
  #root;
  #hand;
  #listening = new AbortController();
  #touched = null; // {pointerId, node, drag, isMoving}
  #isClickOfDrag = false;

  /**
   * @param {HTMLElement} root
   * @param {object} hand
   * @param {(node: Element) => number} hand.valueOf How far a valve is open now.
   * @param {() => void} hand.begin A hand moves a valve.
   * @param {(node: Element, value: number, isSameMove: boolean) => void} hand.move
   * @param {(node: Element) => void} hand.end It has let go.
   * @param {(node: Element, text: string) => void} hand.type Somebody wants to type a value, and has typed this of it.
   */
  constructor(root, hand) {
    [this.#root, this.#hand] = [root, hand];
    const on = (name, answer, options) => root.addEventListener(name, answer, { signal: this.#listening.signal, ...options });
    on("pointerdown", (event) => this.#onDown(event));
    on("pointermove", (event) => this.#touched?.pointerId === event.pointerId && this.#onMove(event));
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) on(name, (event) => this.#onEnd(event));
    on("keydown", (event) => this.#onKey(event));
    on("dblclick", (event) => valveOf(event) && hand.type(valveOf(event), ""));
    on("click", (event) => this.#isClickOfDrag && event.stopPropagation(), { capture: true });
  }

  /** End a drag. Whether there was one. */
  cancel() {
    const wasMoving = this.#touched?.isMoving === true;
    if (this.#touched) this.#finish();
    return wasMoving;
  }

  dispose() {
    this.#listening.abort();
  }

  #onDown(event) {
    const node = valveOf(event);
    this.#isClickOfDrag = false;
    if (!node || event.button !== 0 || this.#touched) return;
    const { clientX: x, clientY: y, pointerId, pointerType } = event;
    this.#touched = { pointerId, node, drag: createDrag({ x, y, value: this.#hand.valueOf(node), pointerType }), isMoving: false };
  }

  #onMove(event) {
    const { node, drag, isMoving } = this.#touched;
    const value = drag.moveTo(event.clientX, event.clientY);
    if (value === null) return;
    if (!isMoving) {
      this.#touched.isMoving = true;
      this.#root.setPointerCapture(event.pointerId); // the root stays, whatever is drawn anew
      this.#root.classList.add("moving-valve");
      this.#hand.begin();
    }
    this.#hand.move(node, value, isMoving);
  }

  /** A finger first has its valve captured, which loses it when the root takes it. */
  #onEnd({ type, target, pointerId }) {
    const isHandedOver = type === "lostpointercapture" && target !== this.#root;
    if (this.#touched?.pointerId === pointerId && !isHandedOver) this.#finish();
  }

  #finish() {
    const { node, isMoving } = this.#touched;
    this.#touched = null;
    this.#isClickOfDrag = isMoving;
    this.#root.classList.remove("moving-valve");
    if (isMoving) this.#hand.end(node);
  }

  #onKey(event) {
    const node = valveOf(event);
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    const value = valueAfterKey(event.key, this.#hand.valueOf(node));
    if (value === null && !/^[\d.,]$/.test(event.key)) return;
    event.preventDefault();
    if (value === null) this.#hand.type(node, event.key);
    else this.#hand.move(node, value, event.repeat);
  }
}

function valveOf(event) {
  return event.target.closest?.("[data-valve]") ?? null;
}
