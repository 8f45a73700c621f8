// What the address says of the picture, beside the server's own names: step and unit, and, where they are not as a
// picture begins, what the diagrams show, the order of the rows and the colour of the text. So a link opens what it was
// taken of.

/** How diagrams, rows and colours stand by the address: {whole, order, colour}, each only if this picture has it. */
function bookmarked({ cells, orders }) {
  const address = new URLSearchParams(location.search);
  const order = address.get("rows");
  return {
    ...(address.get("diagram") === "unit" ? { whole: false } : {}),
    ...(cells.every((cell) => Array.isArray(orders[cell][order])) ? { order } : {}),
    ...(address.has("colour") ? { colour: address.get("colour") } : {}),
  };
}

function bookmark(address, { step, unit, whole, order, colour }) {
  const names = { step, unit, diagram: whole ? null : "unit", rows: order === "unit" ? null : order, colour };
  for (const [name, value] of Object.entries(names)) {
    if (value === null) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
}
