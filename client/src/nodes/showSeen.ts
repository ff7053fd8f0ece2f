import { readSeen } from '@omnia-buildstream/core/nodes/seenFile';
import type { PowerSaid } from '@omnia-buildstream/core/nodes/seenNodes';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import type { LiveNodes } from './liveNodes.ts';

/**
 * Shows the last known power states and images of nodes, from any window.
 * @param text content of the file that windows share; undefined if there is none
 * @param words formats a reported power state in the user's language
 */
export function showSeen(
  text: string | undefined,
  live: Pick<LiveNodes, 'tell'>,
  words: (said: PowerSaid & { readonly at: number }) => string,
): void {
  const { power, image } = readSeen(text);
  for (const [address, said] of power) live.tell(address, { source: 'power', at: said.at, text: words(said) });
  for (const [address, { at, image: name }] of image)
    live.tell(address, { source: 'image', at, text: plainLine(name) });
}
