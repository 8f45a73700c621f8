// A page of a site is kept for the time without a network: its service worker is told which files it needs.

/** Resolves to whether all these files are kept. Where there are no service workers, as on a plain http address, none is. */
export async function keep(files) {
  if (!navigator.serviceWorker || navigator.connection?.saveData) return false;
  try {
    await navigator.serviceWorker.register("service-worker.js");
    const { active } = await navigator.serviceWorker.ready;
    return await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      active.postMessage(files, [port2]);
    });
  } catch {
    return false;
  }
}
