// The card beside a node of a diagram: its equation for the chosen unit at this step. It opens under the pointer or on
// focus. A click, a tap or Enter pins it, so that one can step with it open; Escape closes it.

import { fill } from "../format/texts.js";
import { make, makeSvg } from "../page/elements.js";
import { typeset } from "./equation_terms.js";
import { equationOf } from "./equations.js";

const GRACE = 160; // ms in which the pointer may pass from the node to the card

/** `readers[cell](step, unit)` gives a UnitReader of equations.js. */
export function createEquationCard(root, { texts }, readers, state) {
  const card = new EquationCard(root, texts, readers, state);
  const listening = new AbortController();
  const on = (name, answer) => root.addEventListener(name, answer, { signal: listening.signal });
  on("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    if (nodeOf(event)) card.open(nodeOf(event));
    else if (card.element.contains(event.target)) card.stay();
  });
  on("pointerout", (event) => (nodeOf(event) || card.element.contains(event.target)) && card.closeSoon());
  on("focusin", (event) => nodeOf(event)?.matches(":focus-visible") && card.open(nodeOf(event)));
  on("focusout", (event) => nodeOf(event) && card.closeSoon());
  on("click", (event) => nodeOf(event) && card.toggle(nodeOf(event)));
  on("keydown", (event) => {
    if (!nodeOf(event) || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    card.toggle(nodeOf(event));
  });
  return {
    element: card.element,
    show: () => card.show(),
    onEscape: () => card.closeIfOpen(),
    dispose: () => {
      card.stay();
      listening.abort();
    },
  };
}

function nodeOf(event) {
  return event.target.closest?.("[data-node]");
}

class EquationCard {
  #root;
  #texts;
  #readers;
  #state;
  #title = make("div", { className: "card-title" });
  #lines = make("div", { className: "equation" });
  #node = null; // the node whose equation is open
  #isPinned = false;
  #leaving = null;

  constructor(root, texts, readers, state) {
    [this.#root, this.#texts, this.#readers, this.#state] = [root, texts, readers, state];
    const close = make("button", { className: "card-close", attributes: { type: "button", "aria-label": texts.close, title: texts.close } });
    close.append(makeSvg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, [makeSvg("path", { d: "M4 4l8 8M12 4l-8 8" })]));
    close.addEventListener("click", () => this.#close());
    this.element = make("div", { className: "card", attributes: { id: "equation-card", role: "tooltip" }, children: [this.#title, this.#lines, close] });
    this.element.hidden = true;
  }

  open(node, isPinned = false) {
    this.stay();
    if (this.#isPinned && !isPinned) return;
    this.#release();
    this.#node = node;
    this.#isPinned = isPinned;
    node.classList.add("asked");
    node.setAttribute("aria-describedby", this.element.id);
    this.element.hidden = false;
    this.element.style.minWidth = "";
    this.element.classList.toggle("pinned", isPinned);
    this.show();
    this.#place();
  }

  /** Do not close, as closeSoon() was about to. */
  stay() {
    clearTimeout(this.#leaving);
  }

  closeSoon() {
    this.stay();
    if (!this.#isPinned) this.#leaving = setTimeout(() => this.#close(), GRACE);
  }

  closeIfOpen() {
    if (!this.#node) return false;
    this.#close();
    return true;
  }

  toggle(node) {
    if (node === this.#node && this.#isPinned) this.#close();
    else this.open(node, true);
  }

  show() {
    if (!this.#node) return;
    const { step, unit } = this.#state;
    const [cell, signal] = [this.#node.closest("[data-cell]").dataset.cell, this.#node.dataset.node];
    this.#title.textContent = fill(this.#texts.equation_title, { signal: this.#texts.signals[cell][signal], step: step + 1, unit });
    const lines = equationOf(cell, signal, this.#readers[cell](step, unit));
    this.#lines.replaceChildren(...lines.map((terms, index) => make("div", {
      className: index ? "eq-line more" : "eq-line",
      children: terms.map((term) => typeset(term, cell, unit)),
    })));
    this.element.style.minWidth = `${this.element.offsetWidth}px`; // it grows with its numbers and does not shrink while one steps
  }

  #close() {
    this.stay();
    this.#release();
    this.#node = null;
    this.#isPinned = false;
    this.element.hidden = true;
  }

  #release() {
    this.#node?.removeAttribute("aria-describedby");
    this.#node?.classList.remove("asked");
  }

  /** Below the diagram, or above it where there is no room, so that the whole diagram stays in sight while one steps. */
  #place() {
    const [node, diagram, outer] = [this.#node.querySelector(".halo"), this.#node.ownerSVGElement, this.#root].map((box) => box.getBoundingClientRect());
    const [wide, high] = [this.element.offsetWidth, this.element.offsetHeight];
    const floor = window.innerHeight - (window.innerWidth <= 640 ? 116 : 8); // a phone has its transport below
    const isBelow = diagram.bottom + 4 + high <= floor || diagram.top - 4 - high < 60;
    const left = Math.max(8, Math.min(window.innerWidth - wide - 8, node.left + node.width / 2 - wide / 2));
    const top = isBelow ? diagram.bottom + 4 : diagram.top - 4 - high;
    Object.assign(this.element.style, { left: `${left - outer.left}px`, top: `${top - outer.top}px` });
  }
}
