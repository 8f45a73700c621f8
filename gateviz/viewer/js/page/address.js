// The page's address.

/** The whole number of that name in an address's query, or null. */
export function numberIn(search, name) {
  const text = new URLSearchParams(search).get(name) ?? "";
  return /^\d{1,6}$/.test(text) ? Number(text) : null;
}
