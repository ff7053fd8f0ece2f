import type { ToldList } from '../plan/toldList.ts';
import { strip } from '../text/pythonText.ts';
import { byBmc } from './byBmc.ts';

const indexes = new WeakMap<ToldList, ReadonlyMap<string, ToldList['failed']>>();

/** What was reported about one node, by its address without blanks. */
export function toldSliceOf(told: ToldList, bmcIp: string): ToldList {
  const known = told.known.has(bmcIp) ? new Set([bmcIp]) : new Set<string>();
  return { ...told, known, failed: indexOf(told).get(bmcIp) ?? [] };
}

function indexOf(told: ToldList): ReadonlyMap<string, ToldList['failed']> {
  const index = indexes.get(told) ?? byBmc(told.failed.map((node) => ({ ...node, bmcIp: strip(node.bmcIp) })));
  indexes.set(told, index);
  return index;
}
