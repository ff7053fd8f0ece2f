import { readSeen } from '@omnia-buildstream/core/nodes/seenFile';
import type { PowerSaid } from '@omnia-buildstream/core/nodes/seenNodes';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import type { LiveNodes } from './liveNodes.ts';

/**
 * Shows what some window has seen of nodes.
 * @param text of the file that windows share; undefined: none
 * @param words of what a BMC said of its power, in the user's language
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
