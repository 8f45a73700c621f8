// The link to the picture: the browser's own address, which holds step and unit, with the server's address in the network
// where the browser says "localhost".

import { make, makeSvg } from "../page/elements.js";
import { copyOnPress } from "./copying.js";

/** @param {?string} origin The server's address in the network, or null to take the browser's. */
export function linkTo(origin) {
  return (origin ?? location.origin) + location.pathname + location.search;
}

/** The field with the link, and the button that copies it. `onCopy()` gives the newest link. */
export function createLinkField(texts, copyButton, onCopy) {
  const field = make("input", { className: "link", attributes: { readonly: "", "aria-label": texts.link, spellcheck: "false", "data-take": "link" } });
  field.addEventListener("focus", () => field.select());
  copyOnPress(copyButton, field, texts, () => (field.value = onCopy()));
  return field;
}

/** The QR code of the link, small, and large in a dialog. `show(code, link)`: the code from the server, and the newest link. */
export function createLinkCode(texts) {
  const button = make("button", { className: "code", attributes: { type: "button", "aria-label": texts.enlarge, title: texts.enlarge } });
  const dialog = make("dialog", { className: "large", attributes: { "aria-label": texts.code } });
  const tooLong = make("p", { className: "note", text: texts.too_long });
  button.addEventListener("click", () => dialog.showModal());
  dialog.addEventListener("click", () => dialog.close());
  function show(code, link) {
    button.hidden = dialog.hidden = !code?.path;
    tooLong.hidden = !code || Boolean(code.path);
    if (!code?.path) return;
    button.dataset.link = code.link;
    compare(link);
    button.replaceChildren(drawCode(code));
    dialog.replaceChildren(drawCode(code), make("p", { text: code.link }));
  }
  /** Mark the code as stale when it is of another link. */
  function compare(link) {
    button.classList.toggle("stale", link !== button.dataset.link);
  }
  return { button, dialog, tooLong, show, compare };
}

/** Black on white in any theme, for cameras; with the margin of four modules that the standard asks for. */
function drawCode({ modules, path }) {
  const size = modules + 8;
  return makeSvg("svg", { viewBox: `-4 -4 ${size} ${size}`, "shape-rendering": "crispEdges", "aria-hidden": "true" }, [
    makeSvg("rect", { x: -4, y: -4, width: size, height: size, fill: "#ffffff" }),
    makeSvg("path", { d: path, fill: "#000000" }),
  ]);
}
