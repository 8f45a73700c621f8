// The card beside a node of a diagram: its equation for the chosen unit at this step. It opens under the pointer or on
// focus; a click, a tap or Enter pins it, so that one can step with it; Escape closes it.

const AWAY = 160; // ms in which the pointer may pass from the node to the card

/** `readers[cell]` answers a unit's questions at a step, as EQUATIONS asks them. */
function createCard(root, { header }, readers, current) {
  const { words } = header;
  const title = make("div", { className: "card-title" });
  const lines = make("div", { className: "equation" });
  const close = make("button", { className: "card-close", attributes: { type: "button", "aria-label": words.close, title: words.close } });
  close.append(makeSvg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, [makeSvg("path", { d: "M4 4l8 8M12 4l-8 8" })]));
  const element = make("div", { className: "card", attributes: { id: "equation-card", role: "tooltip" }, children: [title, lines, close] });
  element.hidden = true;
  let open = null; // the node that it speaks of
  let pinned = false;
  let leaving = null;

  function show() {
    if (!open) return;
    const { step, unit } = current();
    const [cell, signal] = [open.closest("[data-cell]").dataset.cell, open.dataset.node];
    title.textContent = fill(words.equation_title, { signal: words.signals[cell][signal], step: step + 1, unit });
    const rows = EQUATIONS[cell][signal](readers[cell](step, unit));
    lines.replaceChildren(...rows.map((row, index) => make("div", {
      className: index ? "eq-line more" : "eq-line",
      children: row.map((piece) => typeset(piece, cell, unit)),
    })));
    element.style.minWidth = `${element.offsetWidth}px`; // it grows with its numbers and does not shrink while one steps
  }
  function openAt(node, pin) {
    clearTimeout(leaving);
    if (pinned && !pin) return;
    forget();
    open = node;
    open.classList.add("asked");
    pinned = pin;
    node.setAttribute("aria-describedby", element.id);
    element.hidden = false;
    element.style.minWidth = "";
    element.classList.toggle("pinned", pinned);
    show();
    place();
  }
  function forget() {
    open?.removeAttribute("aria-describedby");
    open?.classList.remove("asked");
  }
  function shut() {
    clearTimeout(leaving);
    forget();
    open = null;
    pinned = false;
    element.hidden = true;
  }
  function toggle(node) {
    if (node === open && pinned) shut();
    else openAt(node, true);
  }
  function shutSoon() {
    clearTimeout(leaving);
    if (!pinned) leaving = setTimeout(shut, AWAY);
  }

  /** Below the diagram, or above it where there is no room: the whole of it stays in sight while one steps. */
  function place() {
    const [node, diagram, outer] = [open.querySelector(".halo"), open.ownerSVGElement, root].map((box) => box.getBoundingClientRect());
    const [wide, high] = [element.offsetWidth, element.offsetHeight];
    const floor = window.innerHeight - (window.innerWidth <= 640 ? 116 : 8); // a phone's transport stands there
    const below = diagram.bottom + 4 + high <= floor || diagram.top - 4 - high < 60;
    const left = Math.max(8, Math.min(window.innerWidth - wide - 8, node.left + node.width / 2 - wide / 2));
    Object.assign(element.style, { left: `${left - outer.left}px`, top: `${(below ? diagram.bottom + 4 : diagram.top - 4 - high) - outer.top}px` });
  }

  const nodeOf = (event) => event.target.closest?.("[data-node]");
  const ends = new AbortController();
  const on = (name, answer) => root.addEventListener(name, answer, { signal: ends.signal });
  on("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    if (nodeOf(event)) openAt(nodeOf(event), false);
    else if (element.contains(event.target)) clearTimeout(leaving);
  });
  on("pointerout", (event) => (nodeOf(event) || element.contains(event.target)) && shutSoon());
  on("focusin", (event) => nodeOf(event)?.matches(":focus-visible") && openAt(nodeOf(event), false));
  on("focusout", (event) => nodeOf(event) && shutSoon());
  on("click", (event) => nodeOf(event) && toggle(nodeOf(event)));
  on("keydown", (event) => {
    if (!nodeOf(event) || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    toggle(nodeOf(event));
  });
  close.addEventListener("click", shut);
  return { element, show, onEscape: () => (open ? (shut(), true) : false), dispose: () => (clearTimeout(leaving), ends.abort()) };
}
