// The article under a page: sections side by side. A link that only moves the cursor moves it; any other is followed.

import { drawSpans } from "../lesson/spans.js";
import { findViewer, moveViewer } from "../lesson/viewer_target.js";
import { make } from "../page/elements.js";
import { createMount } from "../page/mounts.js";

export default createMount((parent) => {
  const root = make("article", { attributes: { "data-gateviz": "article" } });
  parent.append(root);
  return {
    receive: ({ data: { title, sections } }) => root.replaceChildren(make("h2", { text: title }), ...sections.map(drawSection)),
    dispose: () => root.remove(),
  };
});

function drawSection({ title, paragraphs }) {
  return make("section", { children: [make("h3", { text: title }), ...paragraphs.map((pieces) => make("p", { children: drawPieces(pieces) }))] });
}

function drawPieces(pieces) {
  return pieces.flatMap((piece) => (piece.address ? [drawLink(piece)] : drawSpans([piece])));
}

function drawLink({ address, same, pieces }) {
  const link = make("a", { attributes: { href: address, target: "_self" }, children: drawSpans(pieces) });
  if (same) link.addEventListener("click", (event) => isPlain(event) && goThere(same) && event.preventDefault());
  return link;
}

/** Move the cursor, if the page shows that text of that task. */
function goThere({ task, text, step }) {
  const viewer = findViewer();
  const isShown = viewer?.dataset.text === text && (new URLSearchParams(location.search).get("task") ?? task) === task;
  if (!isShown) return false;
  moveViewer(viewer, { step, unit: null, whole: true, cell: null, signal: null });
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  document.querySelector(".stMain")?.scrollTo({ top: 0, behavior: calm ? "instant" : "smooth" });
  return true;
}

/** A click that opens the link here, and not in another tab. */
function isPlain(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}
