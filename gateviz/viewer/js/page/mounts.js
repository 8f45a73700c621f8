// Streamlit calls a component's function at each rerun, and the function that it returned before: so an element keeps what
// was mounted in it, and that is removed only when Streamlit does not call again.

const GRACE = 400; // ms

/**
 * A component that creates its content once in each parent element.
 * @param {(parent: Element, options: object) => {receive: Function, dispose: Function}} create
 * @returns {(options: {parentElement: Element}) => () => void} What Streamlit calls: it hands its options to receive().
 */
export function createMount(create) {
  const mounted = new WeakMap();
  return (options) => {
    const parent = options.parentElement;
    const content = mounted.get(parent) ?? create(parent, options);
    mounted.set(parent, content);
    clearTimeout(content.leaving);
    content.receive(options);
    return () => {
      content.leaving = setTimeout(() => {
        mounted.delete(parent);
        content.dispose();
      }, GRACE);
    };
  };
}
