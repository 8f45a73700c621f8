// First, back, play, on, last; a slider; where we are. And which keys do the same.

const PLAY_INTERVAL = 350; // ms a step: time to read a letter and see the gates move

const ICONS = {
  first: "M6 5v14M19 5l-9 7 9 7z",
  back: "M16 5l-9 7 9 7z",
  play: "M7 4l13 8-13 8z",
  pause: "M7 5v14M17 5v14",
  on: "M8 5l9 7-9 7z",
  last: "M18 5v14M5 5l9 7-9 7z",
};

function createTransport(picture, { stands, goTo, scroll }) {
  const { header } = picture;
  const { words } = header;
  const step = () => stands().step;
  const last = header.tokens.length - 1;
  const buttons = {};
  for (const [name, action] of [
    ["first", () => goTo(0)],
    ["back", () => goTo(step() - 1)],
    ["play", () => toggle()],
    ["on", () => goTo(step() + 1)],
    ["last", () => goTo(last)],
  ]) {
    buttons[name] = make("button", {
      className: "transport-button",
      attributes: { type: "button", "aria-label": words[name], title: words[name], "data-action": name },
      children: [makeSvg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, [makeSvg("path", { d: ICONS[name] })])],
    });
    buttons[name].addEventListener("click", () => {
      if (name !== "play") pause();
      action();
    });
  }
  const slider = make("input", {
    className: "transport-slider",
    attributes: { type: "range", min: 0, max: last, step: 1, "aria-label": words.step },
  });
  slider.addEventListener("input", () => {
    pause();
    goTo(Number(slider.value));
  });
  function scrub(wanted) {
    pause();
    goTo(wanted);
  }
  const overview = createOverview(picture, slider, { goTo: scrub, scroll, stands });
  const place = make("output", { className: "place" });
  const element = make("div", {
    className: "transport",
    attributes: { role: "group", "aria-label": words.transport },
    children: [make("div", { className: "transport-buttons", children: Object.values(buttons) }), overview.element, place],
  });

  let timer = null;
  function toggle() {
    if (timer) return pause();
    if (step() === last) goTo(0);
    play();
  }
  function play() {
    timer ??= setInterval(() => (step() < last ? goTo(step() + 1) : pause()), PLAY_INTERVAL);
    face("pause");
  }
  function pause() {
    if (!timer) return;
    clearInterval(timer);
    timer = null;
    face("play");
  }
  function face(name) {
    buttons.play.querySelector("path").setAttribute("d", ICONS[name]);
    buttons.play.setAttribute("aria-label", words[name]);
    buttons.play.title = words[name];
  }

  const keys = {
    ArrowLeft: () => goTo(step() - 1),
    ArrowRight: () => goTo(step() + 1),
    Home: () => goTo(0),
    End: () => goTo(last),
  };
  function onKey(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    if (event.key === " ") {
      if (pressesSomething(event)) return;
      toggle();
    } else if (event.shiftKey && overview.scrollBy && SCROLL_KEYS.has(event.key)) {
      overview.scrollBy(event.key);
    } else if (event.key in keys) {
      pause();
      keys[event.key]();
    } else return;
    event.preventDefault();
  }

  function show(current, start) {
    overview.show(start);
    slider.value = current;
    slider.style.setProperty("--share", last ? current / last : 1);
    write(place, fill(words.place, { step: current + 1, steps: last + 1 }));
    buttons.first.disabled = buttons.back.disabled = current === 0;
    buttons.on.disabled = buttons.last.disabled = current === last;
  }
  return { element, draw: overview.draw, show, onKey, play, plays: () => timer !== null, stop: pause };
}
