// The sentence, a token a box; a click goes there. The boxes take the colour of a value. The one at the cursor is marked
// by a box that is laid over it and moves: the row of thousands need not be painted anew at a step.

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
  const sheet = make("div", { className: "boxes", children: boxes });
  const mark = make("span", { className: "token-mark", attributes: { "aria-hidden": "true" } });
  const row = make("div", {
    className: boxes.length > header.window ? "tokens long" : "tokens",
    attributes: { role: "group", "aria-label": header.words.tokens, tabindex: "0" }, // it scrolls where it is long
    children: [sheet, mark],
  });
  let marked = null;
  let painted = "";

  /** Asks the page where the box is, and then only writes: what comes before it in a step must not have written. */
  function show(step) {
    const box = boxes[step];
    const [left, top, width, height] = [sheet.offsetLeft + box.offsetLeft, sheet.offsetTop + box.offsetTop, box.offsetWidth, box.offsetHeight];
    keepInView(row, { left, top, width, height });
    if (marked !== box) {
      marked?.classList.remove("current");
      marked?.removeAttribute("aria-current");
      marked = box;
      box.classList.add("current");
      box.setAttribute("aria-current", "step");
    }
    write(mark, box.textContent);
    mark.style.cssText = box.style.cssText;
    mark.className = box.className.replace("token", "token-mark");
    Object.assign(mark.style, { width: `${width}px`, height: `${height}px`, transform: `translate(${left}px, ${top}px)` });
  }
  /** Colour every box by the choice; of a signal, by that unit's. */
  function paint(choice, unit) {
    const wanted = choice.endsWith(":surprise") || choice === "none" ? choice : `${choice} ${unit} ${tints.known(choice)}`;
    if (wanted === painted) return;
    painted = wanted;
    boxes.forEach((box, step) => {
      const tint = tints.at(choice, step, unit);
      box.classList.toggle("tinted", tint !== null);
      const notes = [header.tokens[step].known ? "" : header.words.unknown, tint?.text ?? ""];
      box.title = notes.filter(Boolean).join("; ");
      if (tint) {
        const style = { "--tint": tint.css, "--on": inkOn(tint.css), "--share": tint.share.toFixed(3) };
        for (const [name, value] of Object.entries(style)) box.style.setProperty(name, value);
        box.classList.toggle("negative", tint.value < 0);
      }
    });
  }
  return { element: row, show, paint };
}

/** Scroll a row, and only the row, until the box is inside it. */
function keepInView(row, { left, top, width, height }) {
  if (row.scrollHeight <= row.clientHeight && row.scrollWidth <= row.clientWidth) return;
  if (top < row.scrollTop || top + height > row.scrollTop + row.clientHeight) row.scrollTop = top - (row.clientHeight - height) / 2;
  if (left < row.scrollLeft || left + width > row.scrollLeft + row.clientWidth) row.scrollLeft = left - (row.clientWidth - width) / 2;
}
