// The viewer: one cursor through tokens, cells, guesses, curves and heatmaps. It draws what pack.py sent and asks the
// server for nothing; step and unit live here and in the address bar.
//
// The rest of a page speaks to it by events on its root, [data-gateviz=viewer]; steps and units count from 0.
//   takes  gateviz:go     {step, unit, whole, cell, highlight}, each of them optional; unit null, and whole, show all units
//                         in the diagrams; highlight is a signal, which is lit in that cell, or in all where none is named, until the next gateviz:go
//   asked  gateviz:view   {answer}, on the document: answer is called with how the picture stands, as a page takes it; the
//                         address then says the same
//   gives  gateviz:ready  {text} when a picture stands, gateviz:moved {step, unit, cell} when its cursor does

const RAPID = 200; // ms between two steps
const LATE = 1500; // ms until a picture stands without the numbers of a long text

const viewers = new WeakMap();

export default function mountViewer({ data, view, parentElement }) {
  const viewer = viewers.get(parentElement) ?? createViewer(parentElement, view);
  viewers.set(parentElement, viewer);
  viewer.receive(data);
  return () => viewer.leave();
}

/** `view` is how an exported page begins: any of what viewOf tells. */
function createViewer(parent, view) {
  const isFile = view !== undefined;
  const root = make("div", { attributes: { "data-gateviz": "viewer", tabindex: "-1" } });
  const probe = make("div", { className: "theme-probe" });
  const state = { step: 0, unit: -1, chosen: false, whole: true, sorted: false, order: "unit", colour: null, start: 0, apart: false, away: false, shown: "lstm", lit: null };
  let picture = null;
  let parts = null;
  let newest = 0;
  let leaving = null;
  let pending = null;
  let moved = 0;
  let resting = null;
  let asked = null;
  parent.append(root, probe);

  async function receive(bytes) {
    clearTimeout(leaving);
    const turn = ++newest;
    const next = await readPayload(bytes);
    if (turn !== newest || next === picture || next.header.id === picture?.header.id) return;
    pending = clearTimeout(pending); // the old picture's step is no concern of the new one's address
    const begins = beginsAt(next.header);
    const { tokens, window: wide } = next.header;
    const seen = windowFrom(next.header, windowStart(state.start, begins, tokens.length, wide));
    await Promise.race([next.get(...seen), late()]); // the old picture stands until the new one can
    if (turn !== newest) return;
    pending = clearTimeout(pending);
    picture?.leave();
    next.came = (from, to) => next === picture && arrived(from, to);
    const another = next.header.text !== picture?.header.text;
    const first = picture === null;
    const { header } = next;
    if (first) beginWith({ ...view, ...bookmarked(header) }, header);
    state.step = another ? begins : clamp(state.step, header.tokens.length);
    if (another) readUnit(header);
    picture = next;
    if ((another && !state.chosen) || state.unit >= smallest(header.units)) state.unit = header.unit; // else one watches the same unit
    if (another) Object.assign(state, { lit: null, apart: false });
    build();
    tell("gateviz:ready", { text: header.text });
    if (asked) go(asked);
    if (!isFile) rememberAddress(); // a link is taken at any moment
  }

  function beginWith({ unit, start, whole: all, order, sorted, colour, shown }, header) {
    if (Number.isInteger(unit) && unit >= 0 && unit < smallest(header.units)) Object.assign(state, { unit, chosen: true });
    if (header.cells.includes(shown)) state.shown = shown;
    if (header.cells.every((cell) => Array.isArray(header.orders[cell][order]))) state.order = order;
    if (Number.isInteger(start)) state.start = start;
    Object.assign(state, { whole: all !== false, sorted: sorted === true, colour: colour ?? null });
  }

  /** At which step a picture that comes is to stand: where the old one does, or of another text where the address says. */
  function beginsAt({ text, tokens, step }) {
    if (text === picture?.header.text) return clamp(state.step, tokens.length);
    const otherwise = picture ? 0 : Number.isInteger(view?.step) ? view.step : step;
    return clamp(inAddress("step") ?? otherwise, tokens.length);
  }
  function readUnit({ units }) {
    const unit = inAddress("unit");
    if (unit !== null && unit < smallest(units) && unit !== state.unit) Object.assign(state, { unit, chosen: true }); // else it is our own
  }

  function build() {
    const plays = parts?.plays() && root.dataset.text === picture.header.text; // in another language, or theme, it goes on
    parts?.dispose();
    root.dataset.text = picture.header.text; // which picture it is, for who comes after it stood
    parts = buildParts(root, picture, state, { goTo, scroll, choose, sort, arrange, tint, whole, pick });
    redraw();
    if (plays) parts.play();
  }

  function redraw() {
    if (!parts) return;
    follow();
    parts.draw(state);
    parts.place();
    parts.light(state.lit);
    show();
  }
  function show() {
    follow();
    root.dataset.step = state.step;
    waitFor();
    parts.show(state);
    tell("gateviz:moved", { step: state.step, unit: state.unit, cell: state.shown });
  }
  function follow() {
    const { tokens, window: wide } = picture.header;
    if (!state.apart) state.start = windowStart(state.start, state.step, tokens.length, wide);
    const away = state.step < state.start || state.step >= state.start + wide;
    if (away !== state.away) markAway((state.away = away));
  }
  /** What is looked at is asked for; of what has not come yet dashes and blanks are shown, and that they will come. */
  function waitFor() {
    const { header } = picture;
    const seen = windowFrom(header, state.start);
    picture.look(state.step, ...seen);
    const before = stepBefore(header, state.step) ?? state.step;
    markWaiting(!picture.has(Math.min(before, state.step), Math.max(before, state.step)), !picture.has(...seen));
  }
  function markWaiting(numbers, maps) {
    if (numbers !== root.hasAttribute("data-waiting")) {
      root.toggleAttribute("data-waiting", numbers);
      root.setAttribute("aria-busy", numbers);
    }
    if (maps !== document.documentElement.hasAttribute("data-waiting")) document.documentElement.toggleAttribute("data-waiting", maps);
  }
  function arrived(first, last) {
    const [from, to] = windowFrom(picture.header, state.start);
    const isSeen = (last >= from && first <= to) || (last >= state.step - 1 && first <= state.step + 1);
    if (isSeen) return redraw();
    parts.place();
    parts.tint();
  }
  /** Where the window does not hold the cursor there is none to be seen: neither on the curves nor on the page's maps. */
  function markAway(away) {
    for (const element of [root, document.documentElement]) element.toggleAttribute("data-away", away);
  }
  function goTo(step) {
    const next = clamp(step, picture.header.tokens.length);
    if (next === state.step && !state.apart) return;
    state.apart = false;
    state.step = next;
    show();
    hurry();
    rememberAddress();
  }
  /** Under a held key a glide would only be in the way; it is back when the key has been let go. */
  function hurry() {
    const now = performance.now();
    if (now - moved < RAPID) root.classList.add("rapid");
    moved = now;
    clearTimeout(resting);
    resting = setTimeout(() => root.classList.remove("rapid"), RAPID);
  }
  /** Look at another part of a long text; the cursor stays where it is, and the next step goes on from there. */
  function scroll(start) {
    const { tokens, window: wide } = picture.header;
    Object.assign(state, { start: Math.max(0, Math.min(tokens.length - wide, start)), apart: true });
    show();
  }
  function choose(unit) {
    Object.assign(state, { unit, chosen: true, whole: false });
    parts.draw(state);
    show();
    rememberAddress();
  }
  function sort(sorted) {
    state.sorted = sorted;
    show();
  }
  function arrange(order) {
    state.order = order;
    parts.place();
    rememberAddress();
  }
  function tint(colour) {
    state.colour = colour;
    show();
    rememberAddress();
  }
  function whole(all) {
    state.whole = all;
    show();
    rememberAddress();
  }
  function pick(cell) {
    state.shown = cell;
    redraw();
  }

  /** What another part of the page asks for: any of {step, unit, cell, highlight}; the last stays lit until the next. */
  function go(wish) {
    asked = picture ? null : wish; // before the first picture, the latest wish waits for it
    if (!picture) return;
    const { cells, tokens, units } = picture.header;
    if (cells.includes(wish.cell)) state.shown = wish.cell;
    if (Number.isInteger(wish.step)) Object.assign(state, { step: clamp(wish.step, tokens.length), apart: false });
    if (Number.isInteger(wish.unit) && wish.unit >= 0 && wish.unit < smallest(units)) Object.assign(state, { unit: wish.unit, chosen: true, whole: false });
    if (wish.unit === null || typeof wish.whole === "boolean") state.whole = wish.whole ?? true;
    state.lit = wish.highlight ? { signal: wish.highlight, cell: wish.cell ?? null } : null;
    redraw();
    rememberAddress();
  }
  function tell(name, detail) {
    root.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  function rememberAddress() {
    clearTimeout(pending);
    pending = setTimeout(writeAddress, 250);
  }
  function writeAddress() {
    pending = clearTimeout(pending);
    const address = new URL(location.href);
    bookmark(address, state);
    try {
      history.replaceState(history.state, "", address);
    } catch {
      // some browsers let no file change its address: the picture follows all the same
    }
  }

  /** After the browser's Back the address is that of the picture which is coming. */
  function forgetAddress() {
    clearTimeout(pending);
  }

  const onKey = (event) => parts?.onKey(event);
  const resized = new ResizeObserver(() => requestAnimationFrame(redraw));
  // Streamlit draws each figure anew when it changes, so the overlays find their places again whenever one appears.
  let placing = 0;
  const watched = new MutationObserver((changes) => {
    if (placing || changes.every(({ target }) => target.closest?.(".gateviz-overlay, [data-gateviz=viewer]"))) return;
    placing = requestAnimationFrame(() => {
      placing = 0;
      parts?.place();
    });
  });
  const onAsked = ({ detail }) => {
    if (!picture) return;
    if (pending) writeAddress(); // who asks takes a link too
    detail.answer(viewOf(state));
  };
  document.addEventListener("gateviz:view", onAsked);
  const stopSaving = whenAskedToSave(async (wish) => {
    const [asked, stands] = [picture, { ...state }]; // as it stands now, whatever moves meanwhile
    await asked?.get(...windowFrom(asked.header, stands.start)); // a figure is saved whole
    await asked?.get(stands.step - 1, stands.step + 1);
    return figureOf(root, asked, stands, wish);
  });
  root.addEventListener("gateviz:go", (event) => go(event.detail ?? {}));
  const unfollow = followLecture((on) => root.toggleAttribute("data-lecture", on));
  window.addEventListener("popstate", forgetAddress);
  document.addEventListener("keydown", onKey);
  const stayOut = bringKeysHome(root);
  resized.observe(root);
  watched.observe(document.querySelector(".stMain") ?? document.body, { childList: true, subtree: true });
  probe.addEventListener("transitionend", () => picture && build()); // the theme was switched

  function dispose() {
    window.removeEventListener("popstate", forgetAddress);
    document.removeEventListener("keydown", onKey);
    stayOut();
    clearTimeout(pending);
    clearTimeout(resting);
    unfollow();
    stopSaving();
    markAway(false);
    markWaiting(false, false);
    picture?.leave();
    document.removeEventListener("gateviz:view", onAsked);
    resized.disconnect();
    watched.disconnect();
    parts?.dispose();
    viewers.delete(parent);
    root.remove();
    probe.remove();
  }
  return { receive, leave: () => (leaving = setTimeout(dispose, 400)) }; // Streamlit leaves and comes back at each rerun
}

/** When skeletons are better than nothing. */
function late() {
  return new Promise((resolve) => setTimeout(resolve, LATE));
}

function inAddress(name) {
  const text = new URLSearchParams(location.search).get(name) ?? "";
  return /^\d{1,6}$/.test(text) ? Number(text) : null;
}

/** The first and the last step of the window that begins at `start`. */
function windowFrom({ tokens, window: wide }, start) {
  return [start, Math.min(tokens.length, start + wide) - 1];
}

/** How the picture stands, for a page that is to begin in the same way. */
function viewOf({ step, start, unit, whole, order, sorted, colour, shown }) {
  return { step, start, unit, whole, order, sorted, colour, shown };
}
