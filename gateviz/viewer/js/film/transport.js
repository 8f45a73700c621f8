// The film's transport: Play, a slider over the steps of the training, and what a running training can be told.

import { fill } from "../format/texts.js";
import { make, makeIcon, write } from "../page/elements.js";
import { placeOf } from "./scales.js";
import { statusLine } from "./words.js";

const PLAY = "M7 4l13 8-13 8z";
const PAUSE = "M7 5v14M17 5v14";
const FINE = 1000; // places of the slider; it stands at the root of the step, as the charts do

/**
 * @param {object} calls
 * @param {() => void} calls.togglePlay
 * @param {(place: number) => void} calls.seek With 0 .. 1.
 * @param {(count: number) => void} calls.go So many frames on or back.
 * @param {(word: string) => void} calls.order "stop", "pause" or "resume".
 */
export function createTransport({ togglePlay, seek, go, order }) {
  const play = make("button", { className: "transport-button", attributes: { type: "button", "data-action": "play" }, children: [makeIcon(PLAY)] });
  const slider = make("input", { className: "transport-slider", attributes: { type: "range", min: 0, max: FINE, step: 1 } });
  const place = make("span", { className: "place" });
  const status = make("span", { className: "film-status", attributes: { role: "status" } });
  const pause = make("button", { className: "option", attributes: { type: "button", "data-action": "pause" } });
  const stop = make("button", { className: "option", attributes: { type: "button", "data-action": "stop" } });
  const orders = make("div", { className: "film-orders", children: [pause, stop] });
  const element = make("div", { className: "film-bar", children: [play, slider, place, status, orders] });
  let state = "";
  play.addEventListener("click", togglePlay);
  slider.addEventListener("input", () => seek(Number(slider.value) / FINE));
  slider.addEventListener("keydown", (event) => {
    const moved = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    if (moved === undefined) return;
    event.preventDefault(); // the slider's own steps are smaller than a frame
    go(moved);
  });
  pause.addEventListener("click", () => order(state === "paused" ? "resume" : "pause"));
  stop.addEventListener("click", () => order("stop"));

  function show({ film, frame, texts, isPlaying }) {
    const steps = film.header?.steps ?? 1;
    const step = frame?.step ?? 0;
    play.querySelector("path").setAttribute("d", isPlaying ? PAUSE : PLAY);
    Object.assign(play, { title: isPlaying ? texts.stop_film : texts.play, ariaLabel: isPlaying ? texts.stop_film : texts.play, disabled: film.frames.length < 2 });
    Object.assign(slider, { value: Math.round(FINE * placeOf(step, steps)), disabled: film.frames.length < 2, ariaLabel: texts.timeline });
    const words = fill(texts.place, { step: step.toLocaleString("en"), steps: steps.toLocaleString("en") });
    slider.setAttribute("aria-valuetext", words);
    slider.style.setProperty("--share", placeOf(step, steps));
    slider.style.setProperty("--known", placeOf(film.frames[film.frames.length - 1]?.step ?? 0, steps));
    write(place, words);
    place.dataset.widest = fill(texts.place, { step: steps.toLocaleString("en"), steps: steps.toLocaleString("en") });
    showStatus(film, texts);
  }

  function showStatus(film, texts) {
    ({ state } = film.status);
    write(status, statusLine(film.status, film, texts));
    const [runs, waits] = [state === "running" || state === "paused", state === "queued"];
    orders.classList.toggle("idle", !runs && !waits);
    pause.disabled = !runs;
    stop.disabled = !runs && !waits;
    write(pause, state === "paused" ? texts.resume : texts.pause);
    write(stop, texts.stop);
  }
  return { element, show };
}
