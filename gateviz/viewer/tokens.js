// The sentence, a token a box. The one at the cursor is marked; a click goes there. The boxes take the colour of a value.

function createTokens(header, tints, { goTo }) {
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
    className: boxes.length > header.window ? "tokens long" : "tokens",
    attributes: { role: "group", "aria-label": header.words.tokens, tabindex: "0" }, // it scrolls where it is long
    children: boxes,
  });
  let marked = null;
  let painted = "";

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
  /** Colour every box by the choice; of a signal, by that unit's. */
  function paint(choice, unit) {
    const wanted = choice.endsWith(":surprise") || choice === "none" ? choice : `${choice} ${unit}`;
    if (wanted === painted) return;
    painted = wanted;
    boxes.forEach((box, step) => {
      const tint = tints.at(choice, step, unit);
      box.classList.toggle("tinted", tint !== null);
      const notes = [header.tokens[step].known ? "" : header.words.unknown, tint?.text ?? ""];
      box.title = notes.filter(Boolean).join("; ");
      if (tint) {
        const style = { "--tint": tint.css, "--on": inkOn(tint.css), "--share": tint.share.toFixed(3), "--from": tint.value < 0 ? "right" : "left" };
        for (const [name, value] of Object.entries(style)) box.style.setProperty(name, value);
      }
    });
  }
  return { element: row, show, paint };
}

/** Scroll a row, and only the row, until the box is inside it. */
function keepInView(row, box) {
  if (row.scrollHeight <= row.clientHeight && row.scrollWidth <= row.clientWidth) return;
  const { offsetTop: top, offsetLeft: left } = box; // the row is their origin
  if (top < row.scrollTop || top + box.offsetHeight > row.scrollTop + row.clientHeight) {
    row.scrollTop = top - (row.clientHeight - box.offsetHeight) / 2;
  }
  if (left < row.scrollLeft || left + box.offsetWidth > row.scrollLeft + row.clientWidth) {
    row.scrollLeft = left - (row.clientWidth - box.offsetWidth) / 2;
  }
}
