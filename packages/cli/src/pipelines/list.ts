import type { Pipeline } from '@omnia-buildstream/gitlab/model/pipeline';
import { groupStatus } from '@omnia-buildstream/gitlab/status/statuses';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { formatTable } from '../table.ts';
import type { ActionContext } from './context.ts';
import { timeText } from './text.ts';

/** `buildstream pipelines list` */
export async function list({ client, project, options, io, call }: ActionContext): Promise<ExitCode> {
  const { ref, limit, json } = options;
  const filter = { perPage: limit, ...(ref === undefined ? {} : { ref }) };
  const { pipelines } = await client.pipelines.list(project.id, filter, call);
  if (json) await io.stdout.write(`${JSON.stringify({ pipelines: pipelines.map(plain) }, undefined, 2)}\n`);
  else if (pipelines.length === 0)
    await io.stdout.write(`${project.path} has no pipeline${ref === undefined ? '' : ` on ${ref}`}.\n`);
  else {
    const lines = pipelines.map((one) => [
      `#${String(one.id)}`,
      stateOf(one),
      one.ref,
      one.source ?? '',
      timeText(one.createdMs),
    ]);
    await io.stdout.write(`${formatTable(['PIPELINE', 'STATE', 'REF', 'SOURCE', 'STARTED'], lines)}\n`);
  }
  return exitCodes.ok;
}

function stateOf({ status, statusGroup }: Pipeline): string {
  return groupStatus({ status, hasWarnings: statusGroup === 'success-with-warnings' }).label;
}

function plain(pipeline: Pipeline) {
  const { id, status, ref, sha, source, webUrl, createdMs } = pipeline;
  return { id, status, label: stateOf(pipeline), ref, sha, source, createdAt: timeText(createdMs), webUrl };
}
