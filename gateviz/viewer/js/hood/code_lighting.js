// What stands for the same signal lights up together: a line of the source, an equation, a node of the diagram.

const PLACES = "[data-lights], [data-node]";

/** A press on a node of the diagram calls choose(signal). */
export function createLighting(root, choose) {
  const light = (event) => {
    const place = event.target.closest?.(PLACES);
    const signals = place ? signalsOf(place) : [];
    for (const each of root.querySelectorAll(PLACES)) each.classList.toggle("lit", signalsOf(each).some((signal) => signals.includes(signal)));
  };
  root.addEventListener("pointerover", light);
  root.addEventListener("focusin", light);
  root.addEventListener("pointerleave", light);
  root.addEventListener("click", (event) => {
    const node = event.target.closest?.("[data-node]");
    if (node) choose(node.dataset.node);
  });
  root.addEventListener("keydown", (event) => {
    const node = event.target.closest?.("[data-node]");
    if (!node || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    choose(node.dataset.node);
  });
}

function signalsOf({ dataset }) {
  return (dataset.lights ?? dataset.node).split(" ");
}
