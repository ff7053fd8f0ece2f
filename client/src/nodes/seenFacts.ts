import { seenPlace } from '@omnia-buildstream/core/nodes/projectPlaces';
import * as vscode from 'vscode';
import { readFileText } from '../language/readFileText.ts';
import type { LiveNodes } from './liveNodes.ts';
import { powerWordsAt } from './powerWords.ts';
import type { FactFiles } from './projectFacts.ts';
import { showSeen } from './showSeen.ts';

/** The last known power states and images of nodes, from any window: attributes that do not affect a node's state. */
export function seenFacts(live: LiveNodes): FactFiles {
  return {
    pattern: seenPlace,
    async read(project) {
      const { text } = await readFileText(vscode.Uri.joinPath(project, seenPlace));
      return () => {
        showSeen(text ?? undefined, live, powerWordsAt);
      };
    },
  };
}
