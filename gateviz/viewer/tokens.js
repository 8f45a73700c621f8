// The sentence, a token a box. The one at the cursor is marked; a click goes there.

function createTokens(header, { goTo }) {
  const boxes = header.tokens.map((token, step) => {
    const shown = glyph(token.text);
    const box = make("button", {
      className: "token" + (token.known ? "" : " unknown") + (shown !== token.text ? " sign" : ""),
      text: shown,
      attributes: { type: "button", tabindex: "-1", "data-token": step, title: token.known ? "" : header.words.unknown },
    });
    box.addEventListener("click", () => goTo(step));
    return box;
  });
  const row = make("div", {
    className: "tokens",
    attributes: { role: "group", "aria-label": header.words.tokens },
    children: boxes,
  });
  let marked = null;

  function show(step) {
    if (marked) {
      marked.classList.remove("current");
      marked.removeAttribute("aria-current");
    }
    marked = boxes[step];
    marked.classList.add("current");
    marked.setAttribute("aria-current", "step");
    keepInView(row, marked);
  }
  return { element: row, show };
}

/** Scroll a row, and only the row, until the box is inside it. */
function keepInView(row, box) {
  if (row.scrollHeight <= row.clientHeight && row.scrollWidth <= row.clientWidth) return;
  const [top, left] = [box.offsetTop - row.offsetTop, box.offsetLeft - row.offsetLeft];
  if (top < row.scrollTop || top + box.offsetHeight > row.scrollTop + row.clientHeight) {
    row.scrollTop = top - (row.clientHeight - box.offsetHeight) / 2;
  }
  if (left < row.scrollLeft || left + box.offsetWidth > row.scrollLeft + row.clientWidth) {
    row.scrollLeft = left - (row.clientWidth - box.offsetWidth) / 2;
  }
}
