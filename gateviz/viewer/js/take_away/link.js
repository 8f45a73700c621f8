// The link to the picture: the browser's own address, which holds step and unit, with the server's address in the network
// where the browser says "localhost".

import { make, makeSvg } from "../page/elements.js";

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

/** A press copies the field's text, and the button says so; `before()` may change the text first. */
export function copyOnPress(button, field, texts, before = () => {}) {
  const usual = button.querySelector(".label").textContent;
  button.addEventListener("click", async () => {
    before();
    showFor(button, (await copyText(field)) ? texts.copied : texts.selected, usual);
  });
}

/** Copy the field's text. Where the browser does not allow it, the text is left selected. */
async function copyText(field) {
  try {
    await navigator.clipboard.writeText(field.value); // a plain http address has no clipboard
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

/** Let a button say what it did, for as long as it takes to read. */
function showFor(button, text, usualText) {
  const label = button.querySelector(".label");
  label.textContent = text;
  clearTimeout(button.timer);
  button.timer = setTimeout(() => (label.textContent = usualText), 2500);
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
