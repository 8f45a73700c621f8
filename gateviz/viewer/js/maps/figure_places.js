// Plotly's heatmaps on the page of the app. Streamlit draws them somewhere in the page, each under a name that tells of which
// numbers it is. A style sheet of ours lays them over the viewer's own maps where they show the same, and hides them where
// rows or steps are others. So a map that stands still is Plotly's, whenever Plotly's script has come.

/**
 * @param {HTMLElement} root The viewer's; a figure's place is measured from its corner.
 * @param {{numbers: string, cells: string[]}} header
 * @returns {{place: (stacks: {element: HTMLElement, isSame: boolean}[]) => void, dispose: () => void}} One stack of maps for
 *   each architecture. The figure becomes as high: its maps and its gaps keep their shares of it.
 */
export function createFigurePlaces(root, { numbers, cells }) {
  const sheet = new CSSStyleSheet(); // an exported page's policy allows no style element
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const places = []; // of each figure; a hidden one keeps its place, so that Plotly need not draw it again
  let written = "";
  function place(stacks) {
    const corner = root.getBoundingClientRect();
    const rules = stacks.map(({ element, isSame }, index) => {
      const box = element.getBoundingClientRect();
      const isSeen = isSame && box.width > 0;
      if (isSeen) places[index] = `left: ${box.left - corner.left}px; top: ${box.top - corner.top}px; width: ${box.width}px !important; height: ${box.height}px !important;`;
      return `.st-key-maps_${cells[index]}_${numbers.slice(0, 16)} { ${places[index] ?? ""} visibility: ${isSeen ? "visible" : "hidden"}; }`;
    });
    const text = rules.join("\n");
    if (text !== written) sheet.replaceSync(text);
    written = text;
  }
  const dispose = () => (document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet));
  return { place, dispose };
}
