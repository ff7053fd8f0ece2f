import { Slots } from './slots.ts';

/**
 * Does `work` for every item, in order, at most `limit` (from 1) at a time. Rejects with the first error; nothing
 * further is begun after it.
 */
export async function forEachLimited<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const slots = new Slots(limit);
  const failed = new AbortController();
  const one = async (item: T): Promise<void> => {
    const slot = await slots.acquire('new', failed.signal);
    try {
      await work(item);
    } catch (error) {
      failed.abort(error);
      throw error;
    } finally {
      slot.release();
    }
  };
  await Promise.all(items.map(one));
}
