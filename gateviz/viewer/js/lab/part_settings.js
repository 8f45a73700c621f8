// The settings of a part of the page, as a link, a lesson or the visitor sets them; the address follows.

const SETTLE = 250; // ms after the last move the address says what is set

/**
 * @param {string} name In the address.
 * @param {(text: string) => {settings: object, isWhole: boolean}} read
 * @param {(settings: object) => string} write
 * @returns {{receive: (data: {said: ?string, turn: number}) => ?object, write: (settings: object) => void}} `receive` gives what is
 *   read, if a lesson or a link has set something since; `said` is what a lesson says, null: the address.
 */
export function followSettings(name, read, write) {
  let turn = null;
  let pending = null;

  function receive({ said, turn: now }) {
    if (turn === now) return null;
    turn = now;
    const found = read(said ?? new URLSearchParams(location.search).get(name) ?? "");
    if (said !== null) remember(found.settings);
    return found;
  }
  function remember(settings) {
    clearTimeout(pending);
    pending = setTimeout(() => {
      const address = new URL(location.href);
      const text = write(settings);
      if (text) address.searchParams.set(name, text);
      else address.searchParams.delete(name);
      history.replaceState(history.state, "", address);
    }, SETTLE);
  }
  return { receive, write: remember };
}
