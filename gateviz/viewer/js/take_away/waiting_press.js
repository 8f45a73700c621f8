// The server makes the files, and must know how the picture is shown and what is held. So a press on a file's button waits
// until the server has answered that it knows.

const KINDS = ["html", "csv", "npz"];
const BUTTONS = KINDS.map((kind) => `.st-key-take_${kind} [data-testid='stDownloadButton'] button`);
const LONGEST = 4000; // ms; a page one step behind is better than none

/**
 * @param {() => boolean} isKnown Tells the server the newest view, and gives whether it knows that already.
 * @returns {{release: () => void, dispose: () => void}} `release` lets a waiting press go on.
 */
export function holdPresses(isKnown) {
  let timer = null;
  let pressed = null; // the selector of the button
  function onPress(event) {
    const found = BUTTONS.find((selector) => event.target.closest?.(selector));
    if (!found || event.isReleased || isKnown()) return;
    event.stopPropagation();
    event.preventDefault();
    pressed = found;
    clearTimeout(timer);
    timer = setTimeout(pressAgain, LONGEST);
  }
  function pressAgain() {
    clearTimeout(timer);
    timer = null;
    const press = Object.assign(new MouseEvent("click", { bubbles: true, cancelable: true }), { isReleased: true });
    document.querySelector(pressed)?.dispatchEvent(press);
  }
  function release() {
    if (timer !== null) pressAgain();
  }
  function dispose() {
    clearTimeout(timer);
    document.removeEventListener("click", onPress, true);
  }
  document.addEventListener("click", onPress, true);
  return { release, dispose };
}
