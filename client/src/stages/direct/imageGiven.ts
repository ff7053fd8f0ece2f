import type { SeenNodes } from '@omnia-buildstream/core/nodes/seenNodes';
import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';
import { bmcAddress } from '../../nodes/bmcAddress.ts';

type Given = SeenNodes['image'] extends ReadonlyMap<infer Address, infer Seen> ? readonly [Address, Seen] : never;

/**
 * The image that a node has just been assigned, as the deploy stage reports it, never as planned. Undefined for any
 * other event, and for a node whose row has no BMC_IP.
 */
export function imageGiven(event: StageEvent): Given | undefined {
  if (event.type !== 'node-finished' || !('image' in event) || event.status !== 'success') return undefined;
  const address = bmcAddress(event.bmcIp);
  return address === '' ? undefined : [address, { image: event.image, at: Date.parse(event.at) }];
}
