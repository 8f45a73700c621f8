// The cells whose weights the browser cannot have. Each waits for the server's answer before it asks again.

export function createServerTurns() {
  const isWaiting = new Map(); // by cell
  /** Calls `ask()` unless the cell waits for an answer, and then `onAnswer(answer, error)`, of which one is null. */
  function take(cell, ask, onAnswer) {
    if (isWaiting.get(cell)) return;
    isWaiting.set(cell, true);
    const finish = (answer, error) => {
      isWaiting.set(cell, false);
      onAnswer(answer, error);
    };
    ask().then((answer) => finish(answer, null), (error) => finish(null, error));
  }
  return { has: (cell) => isWaiting.has(cell), add: (cell) => isWaiting.set(cell, false), take };
}
