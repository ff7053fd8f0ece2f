import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { imageGroupOf } from '@omnia-buildstream/gitlab/tree/deployRun';
import { groupStatus, jobStatus } from '@omnia-buildstream/gitlab/status/statuses';
import type { RetryFacts } from '@omnia-buildstream/gitlab/omnia/retryWays';
import type { NextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';

/** ISO 8601 in UTC without milliseconds; empty when unknown. */
export function timeText(ms: number | undefined): string {
  return ms === undefined ? '' : `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** `1 h 5 min`, `3 min 20 s`, `4 s`. */
export function durationText(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  const whole = Math.round(seconds);
  if (whole >= 3600) return `${String(Math.floor(whole / 3600))} h ${String(Math.floor((whole % 3600) / 60))} min`;
  if (whole >= 60) return `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`;
  return `${String(whole)} s`;
}

/** A pipeline with everything below it, indented by two blanks per level. */
export function treeLines(node: PipelineNode, depth = 0): string[] {
  const indent = '  '.repeat(depth);
  const { pipeline, state, stages } = node;
  const title = `${indent}pipeline #${String(pipeline.id)} (${plainLine(pipeline.ref)}): ${groupStatus(state).label}${hiddenText(node)}`;
  const below = stages.flatMap((stage) => [
    `${indent}  ${plainLine(stage.name)}: ${groupStatus(stage.state).label}`,
    ...stage.entries.flatMap((entry) => {
      const job = entry.kind === 'job' ? entry.job : entry.bridge;
      const tries = entry.earlier.length === 0 ? '' : `, try ${String(entry.earlier.length + 1)}`;
      const took = job.durationSeconds === undefined ? '' : `, ${durationText(job.durationSeconds)}`;
      const line = `${indent}    ${plainLine(job.name)} #${String(job.id)}: ${jobStatus(job).label}${took}${tries}`;
      return entry.kind === 'bridge' && entry.child !== undefined
        ? [line, ...treeLines(entry.child, depth + 3)]
        : [line];
    }),
  ]);
  return [title, ...below];
}

/** GitLab gives the same answer for what is gone and for what the token may not see. */
function hiddenText({ hidden }: PipelineNode): string {
  if (hidden.length === 0) return '';
  return hidden.includes('pipeline')
    ? ', not shown to this token'
    : `, ${hidden.join(' and ')} not shown to this token`;
}

/**
 * What to do next, as a sentence with the command.
 * @param retry how the Omnia version wants a child to be retried, where that is known
 */
export function nextText(action: NextAction, rootId: number, retry?: Pick<RetryFacts, 'wanted' | 'version'>): string {
  const id = String(rootId);
  const names = (jobs: readonly { readonly name: string }[]) => plainLine(jobs.map(({ name }) => name).join(', '));
  switch (action.kind) {
    case 'wait':
      return action.on.length === 0 ? 'Next: wait.' : `Next: wait for ${names(action.on)}.`;
    case 'choose-image':
      return `Next: select an image: buildstream pipelines play ${id} JOB, with one of ${names(action.images)}.`;
    case 'retry-image':
      return `Next: selecting the image failed; retry it: buildstream pipelines retry ${id} --job ${names(action.images.slice(0, 1))}.`;
    case 'play-deploy':
      return `Next: run deploy (${imageGroupOf(action.image)}): buildstream pipelines play ${id}.`;
    case 'play':
      return `Next: buildstream pipelines play ${id} JOB, with one of ${names(action.jobs)}.`;
    case 'retry-downstream':
    case 'retry-pipeline':
      if (retry?.wanted === 'new-child') {
        return `Next: repair what failed, then create the child pipeline anew, which Omnia ${retry.version} requires: buildstream pipelines retry ${id} --new-child. To run only its failed jobs again (${names(action.jobs)}): buildstream pipelines retry ${id}.`;
      }
      return `Next: repair what failed, then retry (${names(action.jobs)}): buildstream pipelines retry ${id}.`;
    case 'hidden':
      return `Next: unknown. GitLab does not show all of ${action.pipelineIds.map((one) => `#${String(one)}`).join(', ')} to this token.`;
    case 'done':
      return `Nothing to do: ${groupStatus({ status: action.status, hasWarnings: false }).label}.`;
  }
}
