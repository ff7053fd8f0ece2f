import type { DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import { basisText, planHeadline } from '@omnia-buildstream/core/plan/planDocument';
import { noticeTexts } from '@omnia-buildstream/core/plan/planTexts';
import { say } from '../platform/say.ts';

/** What people should read about a plan before they agree, without the nodes: how many, how sure, what to note. */
export function planNotes({ plan, basis }: DecidedRestart): string[] {
  const notices = plan.notices
    // The management server keeps its state by job, and a job has one image group.
    .filter(({ kind }) => kind !== 'image-group-not-recorded' || basis === 'state')
    .map(({ kind, ...params }) => say(noticeTexts[kind], params));
  return [planHeadline({ plan, basis }, say), basisText(basis, say), ...notices].filter((text) => text !== '');
}
