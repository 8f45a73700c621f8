// What happens on the page around the viewer.

/**
 * Call these functions when something happens. Returns a function that ends this.
 * @param {HTMLElement} root
 * @param {object} calls
 * @param {(event: KeyboardEvent) => void} calls.onKey
 * @param {(answer: (view: object) => void) => void} calls.onViewAsked Another part asks how the picture is shown.
 * @param {(wish: object) => void} calls.onWish Another part asks for a step, a unit or a highlight.
 * @param {() => void} calls.onBack The browser's Back or Forward.
 * @param {() => void} calls.onResize
 */
export function watchPage(root, { onKey, onViewAsked, onWish, onBack, onResize }) {
  const listening = new AbortController();
  const { signal } = listening;
  document.addEventListener("keydown", onKey, { signal });
  document.addEventListener("gateviz:view", ({ detail }) => onViewAsked(detail.answer), { signal });
  root.addEventListener("gateviz:go", ({ detail }) => onWish(detail ?? {}), { signal });
  window.addEventListener("popstate", onBack, { signal });
  const resized = new ResizeObserver(() => requestAnimationFrame(onResize));
  resized.observe(root);
  return () => {
    listening.abort();
    resized.disconnect();
  };
}
