// Plotly's heatmaps on the page of the app. Streamlit draws them somewhere in the page, each under a name that tells of which
// numbers it is. A style sheet of ours lays them over the viewer's own maps where they show the same, and hides them where
// rows or steps are others. So a map that stands still is Plotly's, whenever Plotly's script has come.

/**
 * @param {HTMLElement} root The viewer's; a figure's place is measured from its corner.
 * @param {{numbers: string, cells: string[]}} header
 * @returns {{place: (stacks: {element: HTMLElement, isSame: boolean, high: number}[]) => void, dispose: () => void}} One stack
 *   of maps for each architecture; it is laid out `high` times as high as the figure.
 */
export function createFigurePlaces(root, { numbers, cells }) {
  const sheet = new CSSStyleSheet(); // an exported page's policy allows no style element
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  let written = "";
  function place(stacks) {
    const corner = root.getBoundingClientRect();
    const rules = stacks.map(({ element, isSame, high }, index) => {
      const box = element.getBoundingClientRect();
      if (!isSame || box.width === 0) return "";
      const [left, top] = [box.left - corner.left, box.top - corner.top];
      return `.st-key-maps_${cells[index]}_${numbers.slice(0, 16)} { visibility: visible; left: ${left}px; top: ${top}px; width: ${box.width}px !important; transform: scaleY(${high}); }`;
    });
    const text = rules.join("\n");
    if (text !== written) sheet.replaceSync(text);
    written = text;
  }
  const dispose = () => (document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet));
  return { place, dispose };
}
