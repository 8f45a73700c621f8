// The lesson panel: a card of words beside the picture that it speaks of. The server says which card is open and has
// computed its numbers; this shows it, moves the viewer's cursor there, and asks for the next one.

const SIGNS = {
  lesson: "M12 6.5C10 5 7 4.5 3.5 4.5v13C7 17.5 10 18 12 19.5c2-1.5 5-2 8.5-2v-13C17 4.5 14 5 12 6.5zM12 6.5v13",
  lecture: "M3 4.5h18M4.5 4.5v10h15v-10M12 14.5v3M8.5 20.5l3.5-3 3.5 3",
  close: "M6 6l12 12M18 6L6 18",
  previous: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  right: "M5 12.5l4.5 4.5L19 7.5",
  wrong: "M7 7l10 10M17 7L7 17",
};
const CARD_KEYS = { n: "next", PageDown: "next", p: "previous", PageUp: "previous" };
const PHONE = 640; // px of width, as in lesson.css
const HEADER = 64; // px of the page's own
const WAIT = 6000; // ms until a picture that has not come is no longer waited for

const panels = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const panel = panels.get(parentElement) ?? createLesson(parentElement);
  panels.set(parentElement, panel);
  panel.receive(data, (card) => setTriggerValue("go", { card, ...whereItStands() }));
  return () => panel.leave();
}

function createLesson(parent) {
  const root = make("div", { attributes: { "data-gateviz": "lesson" } });
  parent.append(root);
  let data = null;
  let ask = () => {};
  let chosen = null; // {card, index}: what was answered
  let leaving = null;
  let turn = null;
  let shown = null; // the text of the picture that stands
  let waiting = null;

  function receive(next, go) {
    clearTimeout(leaving);
    [data, ask] = [next, go];
    if (chosen?.card !== data.card?.id) chosen = null;
    document.documentElement.toggleAttribute("data-gateviz-lesson", Boolean(data.card));
    document.documentElement.lang = data.language; // for screen readers, and for what style sheets say in words
    draw();
    if (data.turn !== turn) {
      turn = data.turn;
      if (data.target) aim(data.target);
    }
  }

  /** Move the viewer to the card's place, once it shows the card's sentence. */
  function aim(target, until = performance.now() + WAIT) {
    clearTimeout(waiting);
    const viewer = findViewer();
    if (viewer && (viewer.dataset.text ?? shown) === target.text) {
      viewer.dispatchEvent(new CustomEvent("gateviz:go", { detail: wish(target) }));
      if (data.card) bringIntoSight(".st-key-viewer");
    } else if (!viewer && data.card && document.documentElement.dataset.gatevizStrips === "drawn" && bringIntoSight(".st-key-saliency")) {
      return;
    } else if (performance.now() < until) {
      waiting = setTimeout(() => aim(target, until), 60);
    }
  }
  function wish({ step, unit, whole, cell, signal }) {
    return { ...(step === null ? {} : { step }), unit, whole, cell, highlight: signal };
  }

  function answer(index) {
    const { question, target } = { ...data.card, target: data.target };
    if (!question?.choices[index] || chosen) return;
    chosen = { card: data.card.id, index };
    const scrolled = root.querySelector(".body").scrollTop;
    draw();
    root.querySelector(".body").scrollTop = scrolled;
    root.querySelector(".answer").scrollIntoView({ block: "nearest" });
    if (question.then !== null) aim({ ...target, step: question.then });
  }

  function draw() {
    const focus = root.getRootNode().activeElement?.dataset?.action;
    root.replaceChildren(drawBar(data, act), ...(data.card ? [drawPanel(data, chosen, act)] : []), drawKeys(data.words));
    root.querySelector(`[data-action="${focus}"]`)?.focus({ preventScroll: true });
    markLecture(isLecture());
  }
  function markLecture(on) {
    root.toggleAttribute("data-lecture", on);
    root.querySelector("[data-action=lecture]")?.setAttribute("aria-pressed", String(on));
  }

  const actions = {
    open: () => ask(data.card ? "" : data.resume),
    close: () => ask(""),
    lecture: () => setLecture(!isLecture()),
    keys: () => root.querySelector("dialog").showModal(),
    previous: () => data.card?.previous && ask(data.card.previous),
    next: () => data.card?.next && ask(data.card.next),
    again: () => data.card && ask(data.card.id),
  };
  function act(name, value) {
    if (name === "answer") answer(value);
    else if (name === "card") ask(value);
    else actions[name]();
  }

  function onKey(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    const key = letterOf(event);
    const name = key === "?" ? "keys" : data?.card && CARD_KEYS[key];
    if (name) act(name);
    else if (data?.card?.question && /^[1-9]$/.test(key)) answer(Number(key) - 1);
    else return;
    event.preventDefault();
  }
  const onReady = (event) => (shown = event.detail?.text ?? null);
  const stopLecture = startLecture(); // first, so that a clicker's keys step where there are no cards to be seen
  document.addEventListener("keydown", onKey);
  document.addEventListener("gateviz:ready", onReady);
  const unfollow = followLecture(markLecture);

  function dispose() {
    document.removeEventListener("keydown", onKey);
    document.removeEventListener("gateviz:ready", onReady);
    unfollow();
    stopLecture();
    clearTimeout(waiting);
    document.documentElement.removeAttribute("data-gateviz-lesson");
    panels.delete(parent);
    root.remove();
  }
  return { receive, leave: () => (leaving = setTimeout(dispose, 400)) }; // Streamlit leaves and comes back at each rerun
}

/** The viewer's step and unit, to come back to, and whether its diagrams show all units; without one, the address's. */
function whereItStands() {
  let stands = null;
  document.dispatchEvent(new CustomEvent("gateviz:view", { detail: { answer: (found) => (stands = found) } }));
  if (stands) return { step: stands.step, unit: stands.unit, whole: stands.whole };
  const address = new URLSearchParams(location.search);
  const number = (name) => (/^\d{1,6}$/.test(address.get(name) ?? "") ? Number(address.get(name)) : null);
  return { step: number("step"), unit: number("unit"), whole: address.get("diagram") !== "unit" };
}

function findViewer() {
  for (const host of document.querySelectorAll(".st-key-viewer *")) {
    const viewer = host.shadowRoot?.querySelector("[data-gateviz=viewer][data-steps]");
    if (viewer) return viewer;
  }
  return null;
}

/** On a phone the card leaves room for little but the picture: the boxes above it are scrolled to, and not taken away. */
function bringIntoSight(picture) {
  const [found, page] = [document.querySelector(picture), document.querySelector(".stMain")];
  if (!found || !page || innerWidth > PHONE) return Boolean(found);
  page.scrollTo({ top: page.scrollTop + found.getBoundingClientRect().top - HEADER, behavior: "instant" });
  return true;
}

function drawSign(name) {
  return makeSvg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: "sign" }, [makeSvg("path", { d: SIGNS[name] })]);
}

function drawButton(action, act, { className = "", sign, text, label, value, disabled, pressed, after } = {}) {
  const children = [sign && drawSign(sign), text !== undefined && make("span", { className: "label", text }), after && drawSign(after)].filter(Boolean);
  const button = make("button", { className: `button ${className}`, attributes: { type: "button", "data-action": action }, children });
  if (label) Object.assign(button, { title: label, ariaLabel: label });
  if (pressed !== undefined) button.setAttribute("aria-pressed", String(pressed));
  button.disabled = Boolean(disabled);
  button.addEventListener("click", () => act(action, value));
  return button;
}

/** In the page's header: the way into the lessons, and into lecture mode. */
function drawBar({ words, card, lessons, resume }, act) {
  const number = Number(resume.split(".")[0]);
  const lesson = lessons.find((each) => each.number === number);
  const invite = drawButton("open", act, {
    className: "invite", sign: "lesson", text: card ? words.name : fill(words.number, { number: lesson?.place ?? 1 }), label: card ? words.close : words.open, pressed: Boolean(card),
  });
  if (lesson && !card) invite.querySelector(".label").append(make("span", { className: "title", text: fill(words.titled, { title: lesson.title }) }));
  return make("nav", {
    className: "bar",
    attributes: { "aria-label": words.bar },
    children: [
      lessons.length > 0 && invite,
      drawButton("lecture", act, { sign: "lecture", text: words.lecture, label: words.lecture_key }),
      drawButton("lecture", act, { className: "leave", sign: "close", label: words.leave_lecture }),
    ].filter(Boolean),
  });
}

function drawPanel({ words, card, lessons }, chosen, act) {
  const list = make("details", {
    className: "contents",
    children: [
      make("summary", { text: fill(words.place, { number: card.place, count: lessons.length }) }),
      make("ol", { children: lessons.map((lesson) => drawEntry(lesson, card, act)) }),
    ],
  });
  const dots = card.cards.map((id, index) =>
    make("button", {
      className: "dot",
      attributes: { type: "button", "aria-label": fill(words.card, { number: index + 1, count: card.cards.length }), "data-card": id, ...(id === card.id ? { "aria-current": "step" } : {}) },
    }),
  );
  dots.forEach((dot, index) => dot.addEventListener("click", () => act("card", card.cards[index])));
  return make("aside", {
    className: "panel",
    attributes: { "aria-label": words.name, "data-lesson": card.id },
    children: [
      make("header", { children: [list, drawButton("close", act, { className: "quiet", sign: "close", label: words.close })] }),
      make("div", {
        className: "body",
        attributes: { tabindex: "0" },
        children: [
          make("p", { className: "lesson-title", text: card.lesson }),
          make("h2", { text: card.title }),
          ...card.paragraphs.map((pieces) => make("p", { children: pieces.map(drawPiece) })),
          ...(card.question ? [drawQuestion(card.question, chosen, words, act)] : []),
          drawButton("again", act, { className: "quiet again", text: words.again, label: words.again_title }),
        ],
      }),
      make("footer", {
        children: [
          drawButton("previous", act, { className: "quiet", sign: "previous", text: words.previous, label: words.previous_key, disabled: !card.previous }),
          make("div", { className: "dots", children: dots }),
          drawButton("next", act, { className: "primary", after: "next", text: words.next, label: words.next_key, disabled: !card.next }),
        ],
      }),
    ],
  });
}

function drawEntry(lesson, card, act) {
  const button = drawButton("card", act, { text: lesson.title, value: lesson.cards[0] });
  if (lesson.cards.includes(card.id)) button.setAttribute("aria-current", "true");
  return make("li", { attributes: { value: lesson.place }, children: [button] });
}

/** A piece of a sentence: words, a computed number, or a token. */
function drawPiece({ text, style, value, token, fact }) {
  if (token !== undefined) return make("span", { className: "fact token", text: glyph(token.length > 1 ? token.trim() : token), attributes: { "data-fact": fact, "data-value": token } });
  if (fact) return make("span", { className: "fact", text, attributes: { "data-fact": fact, "data-value": value } });
  return style ? make(style, { text }) : document.createTextNode(text);
}

function drawQuestion({ text, choices, answer }, chosen, words, act) {
  const right = choices.findIndex((choice) => choice.right);
  const buttons = choices.map((choice, index) => {
    const mark = chosen && (index === right ? "right" : index === chosen.index ? "wrong" : "");
    const button = drawButton("answer", act, { className: `choice ${mark || ""}`, value: index, disabled: chosen, pressed: chosen?.index === index });
    button.append(make("span", { className: "choice-key", text: String(index + 1) }), make("span", { className: "label", children: choice.text.map(drawPiece) }));
    if (mark) button.append(drawSign(mark));
    if (chosen && index === right) button.dataset.right = "";
    return button;
  });
  const verdict = chosen && (chosen.index === right ? words.right : words.wrong);
  const revealed = chosen ? [make("strong", { className: "verdict", text: verdict }), ...answer.map(drawPiece)] : [];
  return make("div", {
    className: "question",
    children: [
      make("p", { className: "asked", children: text.map(drawPiece) }),
      make("div", { className: "choices", attributes: { role: "group", "aria-label": words.choices }, children: buttons }),
      make("p", { className: "answer", attributes: { "aria-live": "polite" }, children: revealed }),
    ],
  });
}

/** The keys, in a dialog of the browser's own: Escape closes it. */
function drawKeys(words) {
  const rows = Object.entries({ step: "← →", ends: "Home End", window: "⇧← ⇧→", play: words.space, cards: "n p", choose: "1 2 3", lecture: "l", help: "?" });
  const dialog = make("dialog", {
    attributes: { "aria-label": words.keys },
    children: [
      make("h2", { text: words.keys }),
      make("dl", { children: rows.flatMap(([name, keys]) => [make("dt", { children: keys.split(" ").map((key) => make("kbd", { text: key })) }), make("dd", { text: words[`key_${name}`] })]) }),
    ],
  });
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "?") dialog.close();
  });
  return dialog;
}
