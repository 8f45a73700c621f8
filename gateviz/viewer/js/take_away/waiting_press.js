// The server makes an exported page, and must know how the picture is shown. So a press on the page's button waits until
// the server has answered that it knows.

const BUTTON = ".st-key-take_html [data-testid='stDownloadButton'] button";
const LONGEST = 4000; // ms; a page one step behind is better than none

/**
 * @param {() => boolean} isKnown Tells the server the newest view, and gives whether it knows that already.
 * @returns {{release: () => void, dispose: () => void}} `release` lets a waiting press go on.
 */
export function holdPresses(isKnown) {
  let timer = null;
  function onPress(event) {
    const button = event.target.closest?.(BUTTON);
    if (!button || event.isReleased || isKnown()) return;
    event.stopPropagation();
    event.preventDefault();
    clearTimeout(timer);
    timer = setTimeout(pressAgain, LONGEST);
  }
  function pressAgain() {
    clearTimeout(timer);
    timer = null;
    const press = Object.assign(new MouseEvent("click", { bubbles: true, cancelable: true }), { isReleased: true });
    document.querySelector(BUTTON)?.dispatchEvent(press);
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
