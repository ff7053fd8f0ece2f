import type { DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import { basisText, planHeadline } from '@omnia-buildstream/core/plan/planDocument';
import { noticeTexts } from '@omnia-buildstream/core/plan/planTexts';
import { say } from '../platform/say.ts';

/** What users should read about a plan before they agree: the number of nodes, how certain it is, and notices. */
export function planNotes({ plan, basis }: DecidedRestart): string[] {
  const notices = plan.notices
    // The management server keeps its state per job, and a job has only one image group.
    .filter(({ kind }) => kind !== 'image-group-not-recorded' || basis === 'state')
    .map(({ kind, ...params }) => say(noticeTexts[kind], params));
  return [planHeadline({ plan, basis }, say), basisText(basis, say), ...notices].filter((text) => text !== '');
}
