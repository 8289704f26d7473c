const pause = 2_000;
const reachable = () =>
  fetch("/healthz", { cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );

/**
 * Loads a part of the app however long the line is cut. What fails although the server answers is thrown: then a newer
 * build has replaced the files, and the router loads the whole page again.
 */
export async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch (error) {
      if (await reachable()) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
