// The card beside a node of a diagram: what the node shows, and its equation for the chosen unit at this step. It opens under
// the pointer or on focus. A click, a tap or Enter pins it, so that one can step with it open, and then it also tells of
// which products the sum is made; Escape closes it.

import { make, makeSvg } from "../page/elements.js";
import { cardContents } from "./card_contents.js";

const CEILING = 60; // px: the header of the page
const LEAST = 140; // px of a card that scrolls
const GRACE = 160; // ms in which the pointer may pass from the node to the card

/** `readers[cell](step, unit)` gives a UnitReader of equations.js; `hold` is that of card_hold.js, or null. */
export function createEquationCard(root, header, scale, readers, state, hold) {
  const card = new EquationCard(root, header, scale, readers, state, hold);
  const listening = new AbortController();
  const on = (name, answer) => root.addEventListener(name, answer, { signal: listening.signal });
  on("pointerover", (event) => {
    if (event.pointerType === "touch" || root.classList.contains("moving-valve")) return;
    if (nodeOf(event)) card.open(nodeOf(event));
    else if (card.element.contains(event.target)) card.stay();
  });
  on("pointerout", (event) => (nodeOf(event) || card.element.contains(event.target)) && card.closeSoon());
  on("focusin", (event) => nodeOf(event)?.matches(":focus-visible:not([role=slider])") && card.open(nodeOf(event)));
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
    /** A hand moves something: a card that is not pinned would lie over what changes. */
    closeIfLoose: () => card.closeIfLoose(),
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
  #header;
  #scale;
  #readers;
  #state;
  #hold;
  #contents = make("div");
  #node = null; // the node whose equation is open
  #drawn = null; // {cell, place}: which of the nodes of its signal it is
  #isPinned = false;
  #leaving = null;

  constructor(root, header, scale, readers, state, hold) {
    [this.#root, this.#header, this.#scale, this.#readers, this.#state, this.#hold] = [root, header, scale, readers, state, hold];
    const { texts } = header;
    const close = make("button", { className: "card-close", attributes: { type: "button", "aria-label": texts.close, title: texts.close } });
    close.append(makeSvg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, [makeSvg("path", { d: "M4 4l8 8M12 4l-8 8" })]));
    close.addEventListener("click", () => this.#close());
    this.element = make("div", { className: "card", attributes: { id: "equation-card", role: "tooltip" }, children: [...(hold ? [hold.element] : []), this.#contents, close] });
    this.element.hidden = true;
  }

  open(node, isPinned = false) {
    this.stay();
    if (this.#isPinned && !isPinned) return;
    this.#release();
    this.#node = node;
    const drawing = node.closest("[data-cell]");
    this.#drawn = { cell: drawing.dataset.cell, place: [...drawing.querySelectorAll(`[data-node="${node.dataset.node}"]`)].indexOf(node) };
    this.#isPinned = isPinned;
    node.classList.add("asked");
    node.setAttribute("aria-describedby", this.element.id);
    this.element.hidden = false;
    Object.assign(this.element.style, { minWidth: "", maxHeight: "" });
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

  closeIfLoose() {
    if (!this.#isPinned) this.#close();
  }

  toggle(node) {
    if (node === this.#node && this.#isPinned) this.#close();
    else this.open(node, true);
  }

  show() {
    if (!this.#node) return;
    this.#node = this.#connected(this.#node);
    if (!this.#node) return this.#close();
    const { dataset } = this.#node;
    const asked = { cell: this.#node.closest("[data-cell]").dataset.cell, signal: dataset.node, isInverse: "inverse" in dataset, isPinned: this.#isPinned };
    const onCome = () => {
      this.show();
      if (this.#node) this.#place();
    };
    this.#hold?.show(asked);
    this.#contents.replaceChildren(...cardContents(this.#header, this.#scale, this.#readers[asked.cell], this.#state, { ...asked, onCome }));
    this.element.style.minWidth = `${this.element.offsetWidth}px`; // it grows with its numbers and does not shrink while one steps
  }

  /** The same node in a diagram that has been drawn anew. */
  #connected(node) {
    if (node.isConnected) return node;
    const { cell } = this.#drawn;
    const nodes = [...this.#root.querySelectorAll(`svg[data-cell="${cell}"] [data-node="${node.dataset.node}"]`)];
    const found = nodes[this.#drawn.place] ?? null;
    found?.classList.add("asked");
    return found;
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

  /** Below the diagram, or above it, or beside it, so that the whole diagram stays in sight while one steps. */
  #place() {
    const [node, diagram, outer] = [this.#node.querySelector(".halo"), this.#node.ownerSVGElement, this.#root].map((box) => box.getBoundingClientRect());
    this.element.style.maxHeight = "";
    const [wide, high] = [this.element.offsetWidth, this.element.offsetHeight];
    const floor = window.innerHeight - (window.innerWidth <= 640 ? 116 : 8); // a phone has its transport below
    const inside = (left) => Math.max(8, Math.min(window.innerWidth - wide - 8, left));
    const [below, above] = [diagram.bottom + 4, diagram.top - 4 - high];
    const beside = [diagram.right + 10, diagram.left - 10 - wide].find((left) => left === inside(left));
    const left = inside(node.left + node.width / 2 - wide / 2);
    const covering = { left, top: Math.max(CEILING, floor - high) };
    const scrolling = { left, top: below };
    const place = below + high <= floor ? scrolling : above >= CEILING ? { left, top: above } : beside !== undefined ? { left: beside, top: covering.top } : floor - below >= LEAST ? scrolling : covering;
    Object.assign(this.element.style, { left: `${place.left - outer.left}px`, top: `${place.top - outer.top}px`, maxHeight: `${floor - place.top}px` });
  }
}
