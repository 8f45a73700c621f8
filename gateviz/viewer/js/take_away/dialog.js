// The dialog with the link, its QR code, the figures, and the lines of Python that make a held run again. The code and the lines
// come from the server.

import { make } from "../page/elements.js";
import { createMount } from "../page/mounts.js";
import { createFigureChoice, makeCopyButton } from "./figure_choice.js";
import { createLinkCode, createLinkField, linkTo } from "./link.js";
import { createPythonLines } from "./python_lines.js";
import { holdPresses } from "./waiting_press.js";

const REST = 400; // ms without a change before a code is asked for

export default createMount((parent, { data }) => new TakeAwayDialog(parent, data));

class TakeAwayDialog {
  #root;
  #field;
  #code;
  #python;
  #note = make("p", { className: "note" });
  #presses = holdPresses(() => this.#isViewKnown());
  #tellServer = () => {}; // Streamlit's setStateValue
  #link = "";
  #origin = null;
  #askedLink = ""; // the link whose code was asked for
  #toldView = ""; // how the picture is shown, as the server was told last
  #toldTurn = Date.now(); // the number of that; no other dialog has had it
  #knownTurn = 0; // the number that the server has answered
  #timer;

  constructor(parent, { texts, figures, cells }) {
    const copy = makeCopyButton("copy", texts.copy);
    this.#field = createLinkField(texts, copy, () => this.#newestLink());
    this.#code = createLinkCode(texts);
    this.#python = createPythonLines(texts);
    const { button, tooLong, dialog } = this.#code;
    const row = make("div", { className: "row", children: [this.#field, copy] });
    this.#root = make("div", {
      attributes: { "data-gateviz": "take-away" },
      children: [row, this.#note, button, tooLong, createFigureChoice(texts, figures, cells), this.#python.element, dialog],
    });
    parent.append(this.#root);
    this.#timer = setInterval(() => this.#follow(), REST);
  }

  receive({ data, setStateValue }) {
    this.#tellServer = setStateValue;
    this.#knownTurn = data.turn ?? 0;
    if (this.#knownTurn === this.#toldTurn) this.#presses.release();
    if (!this.#toldView) this.#tellView(); // at once, because somebody may ask for a file
    this.#origin = data.origin;
    this.#note.textContent = data.note ?? "";
    this.#note.hidden = !data.note;
    if (!this.#link) this.#field.value = this.#link = linkTo(this.#origin);
    this.#code.show(data.code, this.#link);
    this.#python.show(data.python);
  }

  dispose() {
    this.#presses.dispose();
    clearInterval(this.#timer);
    this.#root.remove();
  }

  /** The address may have moved. Under a held key it moves on; so a code is asked for once it has rested. */
  #follow() {
    const link = linkTo(this.#origin);
    this.#code.compare(link);
    if (link !== this.#link) this.#field.value = this.#link = link;
    else if (link !== this.#askedLink) this.#tellServer("link", (this.#askedLink = link));
    this.#tellView();
  }

  #newestLink() {
    this.#tellView();
    this.#link = linkTo(this.#origin);
    return this.#link;
  }

  /** Tell the server how the picture is shown, if that has changed. After this the viewer's address is up to date. */
  #tellView() {
    let view = null;
    document.dispatchEvent(new CustomEvent("gateviz:view", { detail: { answer: (found) => (view = found) } }));
    const text = JSON.stringify(view);
    if (view && text !== this.#toldView) this.#tellServer("view", { ...view, turn: (this.#toldTurn += 1) });
    this.#toldView = text;
  }

  #isViewKnown() {
    this.#tellView();
    return this.#knownTurn === this.#toldTurn;
  }
}
