import type { GitLabClient } from '@omnia-buildstream/gitlab/api/client';
import { call } from '../gitlabLab.ts';
import { atOim, editorParts } from './history.ts';

/** Context for the editor's commands in a window that is signed in to a lab's GitLab and to nothing else. */
export async function labEditor(client: GitLabClient, origin: string) {
  const project = await client.identity.project(1, call);
  const open = { origin, client, project };
  const work = () => Promise.resolve(undefined);
  const facts = { imageGroups: () => Promise.resolve({ kind: 'no-api' }), bmcs: new Map(), atOim, work };
  /** The plan, once it has been shown. */
  const page = { text: '' };
  const context = {
    session: { current: () => Promise.resolve(open) },
    model: { trees: new Map(), refresh: () => Promise.resolve(), watchStarted: () => undefined },
    documents: { uriOf: () => undefined },
    showPage: (markdown: string): Promise<void> => {
      page.text = markdown.replaceAll(/\\(.)/g, '$1');
      return Promise.resolve();
    },
    facts: () => Promise.resolve(facts),
    ...editorParts,
  };
  return { open, context, page };
}
