// A picture of some of its architectures.

/**
 * @param {import("../picture/pieces.js").Picture} picture A whole one that is not shown itself.
 * @param {string[]} cells
 * @returns {import("../picture/pieces.js").Picture} To be shown.
 */
export function withCells(picture, cells) {
  const { header, signals } = picture;
  const of = (named) => Object.fromEntries(cells.map((cell) => [cell, named[cell]]));
  const isAll = cells.length === header.cells.length;
  const own = { ...header, cells, units: of(header.units), id: isAll ? header.id : `${header.id} ${cells}` };
  return { ...picture, header: own, signals: of(signals) };
}
