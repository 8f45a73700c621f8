// The files of a site, beside its pages.

/** The bytes of a file beside the page. `isAway`: nobody answered. */
export async function bytesAt(address) {
  const away = () => Promise.reject(Object.assign(new Error(`no answer for ${address}`), { isAway: true }));
  const answer = await fetch(address).catch(away);
  return answer.ok ? new Uint8Array(await answer.arrayBuffer().catch(away)) : away();
}
