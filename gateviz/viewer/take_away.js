// The dialog's link, QR code and figures. The link is the browser's own address, which holds step and unit, with the
// server's address in the network put in where the browser says "localhost"; the code comes from the server.

const REST = 400; // ms without a move before a code is asked for

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
  let leaving = null;
  parent.append(root);

  field.addEventListener("focus", () => field.select());
  copy.addEventListener("click", async () => say(copy, (await copied(field)) ? words.copied : words.selected, words.copy));
  code.addEventListener("click", () => large.showModal());
  large.addEventListener("click", () => large.close());
  const follow = setInterval(() => {
    const { origin } = now;
    const link = (origin ?? location.origin) + location.pathname + location.search;
    if (link !== now.link) field.value = now.link = link; // once more before it is asked for: a held key moves on
    else if (link !== asked) ask("link", (asked = link));
    tellView();
  }, REST);

  function tellView() {
    let view = null;
    document.dispatchEvent(new CustomEvent("gateviz:view", { detail: { answer: (found) => (view = found) } }));
    const text = JSON.stringify(view);
    if (view && text !== standing) ask("view", view);
    standing = text;
  }
  function save(detail) {
    document.dispatchEvent(new CustomEvent("gateviz:save", { detail }));
  }
  function receive(data, askFor) {
    clearTimeout(leaving);
    ask = askFor;
    if (!standing) tellView(); // at once: a file may be asked for
    now.origin = data.origin;
    note.textContent = data.note ?? "";
    note.hidden = !data.note;
    if (!now.link) field.value = now.link = (data.origin ?? location.origin) + location.pathname + location.search;
    const found = data.code;
    code.hidden = large.hidden = !found?.path;
    tooLong.hidden = !found || Boolean(found.path);
    if (!found?.path) return;
    code.dataset.link = found.link;
    code.replaceChildren(drawCode(found));
    large.replaceChildren(drawCode(found), make("p", { text: found.link }));
  }
  function dispose() {
    clearInterval(follow);
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
