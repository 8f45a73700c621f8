// What was held before, so that it can be had again.

const MOST = 200; // so many steps back

/** `change()` is called with the list as it is now, before it becomes another; undo and redo give the list to go to, or null. */
export function createHistory() {
  const [past, future] = [[], []];
  const move = (from, to) => (now) => {
    if (!from.length) return null;
    to.push(now);
    return from.pop();
  };
  return {
    change: (now) => {
      past.push(now);
      if (past.length > MOST) past.shift();
      future.length = 0;
    },
    undo: move(past, future),
    redo: move(future, past),
  };
}
