// The dialog's link, QR code and figures. The link is the browser's own address, which holds step and unit, with the
// server's address in the network put in where the browser says "localhost"; the code comes from the server.
//
// A page to take away is made on the server, which must know how the picture stands: a press on its button waits until
// the server has said that it knows.

const REST = 400; // ms without a move before a code is asked for
const MOST_WAIT = 4000; // ms; a page one step behind is better than none
const PAGE_BUTTON = ".st-key-take_html [data-testid='stDownloadButton'] button";

const takeAways = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  const takeAway = takeAways.get(parentElement) ?? createTakeAway(parentElement, data);
  takeAways.set(parentElement, takeAway);
  takeAway.receive(data, setStateValue);
  return () => takeAway.leave();
}

function createTakeAway(parent, { words, figures, cells }) {
  const field = make("input", { className: "link", attributes: { readonly: "", "aria-label": words.link, spellcheck: "false", "data-take": "link" } });
  const copy = iconButton("copy", words.copy, "M9 9h10v11H9zM5 15V4h10");
  const note = make("p", { className: "note" });
  const code = make("button", { className: "code", attributes: { type: "button", "aria-label": words.enlarge, title: words.enlarge } });
  const large = make("dialog", { className: "large", attributes: { "aria-label": words.code } });
  const tooLong = make("p", { className: "note", text: words.too_long });
  const root = make("div", {
    attributes: { "data-gateviz": "take-away" },
    children: [make("div", { className: "row", children: [field, copy] }), note, code, tooLong, createFigureChoice(words, figures, cells, save), large],
  });
  let now = { link: "", origin: null };
  let ask = () => {};
  let asked = "";
  let standing = ""; // how the picture stands, which an exported page will open with
  let turn = Date.now(); // of what was told of it, by a number that no dialog had before, and
  let known = 0; // which of these the server has answered
  let pressed = null; // the button of the page, while it waits for that
  let leaving = null;
  parent.append(root);

  field.addEventListener("focus", () => field.select());
  copy.addEventListener("click", async () => {
    tellView();
    field.value = now.link = linkNow();
    say(copy, (await copied(field)) ? words.copied : words.selected, words.copy);
  });
  code.addEventListener("click", () => large.showModal());
  large.addEventListener("click", () => large.close());
  const follow = setInterval(() => {
    const link = linkNow();
    code.classList.toggle("stale", link !== code.dataset.link);
    if (link !== now.link) field.value = now.link = link; // once more before it is asked for: a held key moves on
    else if (link !== asked) ask("link", (asked = link));
    tellView();
  }, REST);

  function linkNow() {
    return (now.origin ?? location.origin) + location.pathname + location.search;
  }
  /** Tell the server how the picture stands, if it stands otherwise than was told; the viewer's address is then up to date. */
  function tellView() {
    let view = null;
    document.dispatchEvent(new CustomEvent("gateviz:view", { detail: { answer: (found) => (view = found) } }));
    const text = JSON.stringify(view);
    if (view && text !== standing) ask("view", { ...view, turn: (turn += 1) });
    standing = text;
  }
  function onPress(event) {
    const button = event.target.closest?.(PAGE_BUTTON);
    if (!button || event.isGoingOn) return;
    tellView();
    if (known === turn) return;
    event.stopPropagation();
    event.preventDefault();
    clearTimeout(pressed);
    pressed = setTimeout(goOn, MOST_WAIT);
  }
  /** The button is pressed once more; it is another by now, for the server has made a new one. */
  function goOn() {
    pressed = clearTimeout(pressed);
    const again = Object.assign(new MouseEvent("click", { bubbles: true, cancelable: true }), { isGoingOn: true });
    document.querySelector(PAGE_BUTTON)?.dispatchEvent(again);
  }
  function save(detail) {
    document.dispatchEvent(new CustomEvent("gateviz:save", { detail }));
  }
  function receive(data, askFor) {
    clearTimeout(leaving);
    ask = askFor;
    known = data.turn ?? 0;
    if (pressed && known === turn) {
      clearTimeout(pressed);
      pressed = setTimeout(goOn); // when Streamlit has drawn the button that came along
    }
    if (!standing) tellView(); // at once: a file may be asked for
    now.origin = data.origin;
    note.textContent = data.note ?? "";
    note.hidden = !data.note;
    if (!now.link) field.value = now.link = linkNow();
    const found = data.code;
    code.hidden = large.hidden = !found?.path;
    tooLong.hidden = !found || Boolean(found.path);
    if (!found?.path) return;
    code.dataset.link = found.link;
    code.classList.toggle("stale", found.link !== now.link);
    code.replaceChildren(drawCode(found));
    large.replaceChildren(drawCode(found), make("p", { text: found.link }));
  }
  document.addEventListener("click", onPress, true);

  function dispose() {
    document.removeEventListener("click", onPress, true);
    clearInterval(follow);
    clearTimeout(pressed);
    takeAways.delete(parent);
    root.remove();
  }
  return { receive, leave: () => (leaving = setTimeout(dispose, 400)) }; // Streamlit leaves and comes back at each rerun
}

/** Black on white in any theme, for cameras; with the four modules of quiet that the standard asks for. */
function drawCode({ modules, path }) {
  const size = modules + 8;
  return makeSvg("svg", { viewBox: `-4 -4 ${size} ${size}`, "shape-rendering": "crispEdges", "aria-hidden": "true" }, [
    makeSvg("rect", { x: -4, y: -4, width: size, height: size, fill: "#ffffff" }),
    makeSvg("path", { d: path, fill: "#000000" }),
  ]);
}

/** Put the field's text on the clipboard; where the browser does not allow it, leave it selected. */
async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value); // not there on a plain http address
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

/** Let a button say what it did, for as long as it takes to read. */
function say(button, text, again) {
  const label = button.querySelector(".label");
  label.textContent = text;
  clearTimeout(button.timer);
  button.timer = setTimeout(() => (label.textContent = again), 2500);
}
