// At each rerun Streamlit first calls the function that a component has returned, which removes it, and then the component's
// function again. So the content of an element is removed only when the second call does not come.

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
