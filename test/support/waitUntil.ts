/** Interval for polling something outside this process that does not announce its changes. */
const lookMs = 10;
/** Only a hang takes this long. */
const hangMs = 60_000;

/** Polls until there is a result, or fails after a minute. @param what for the failure's message */
export async function waitUntil<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const endMs = performance.now() + hangMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > endMs) throw new Error(`waited a minute for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}
