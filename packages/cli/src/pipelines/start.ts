import { startPipeline } from '@omnia-buildstream/gitlab/api/writes';
import { CannotRun } from '../cannotRun.ts';
import { confirm } from '../confirm.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { ActionContext } from './context.ts';
import { nodesAt } from './nodes.ts';
import { tellOutcome } from './outcome.ts';
import { warningLines } from './warn.ts';

/** `buildstream pipelines start` */
export async function start(context: ActionContext): Promise<ExitCode> {
  const { client, project, options, io, call } = context;
  const { type } = options;
  if (type === undefined)
    throw new CannotRun('arguments', 'Say which pipeline to start: --type deploy, build or cleanup.');
  const ref = options.ref ?? project.defaultBranch ?? 'main';
  const [head] = await client.files.commits(project.id, { ref, count: 1 }, call);
  const commit = head === undefined ? '' : ` at ${head.id.slice(0, 8)} (${head.title})`;
  const variables = { ...options.variables, PIPELINE_TYPE: type };
  await io.stderr.write(
    `A ${type} pipeline of ${project.path} on ${ref}${commit}.\n` +
      `Variables: ${Object.keys(variables).join(', ')}\n` +
      (await consequences(context, ref)) +
      (type === 'deploy' ? await warningLines(context, undefined) : ''),
  );
  if (!(await confirm('Start it?', options.yes, io))) {
    await io.stderr.write('Nothing was started.\n');
    return exitCodes.ok;
  }
  const outcome = await startPipeline(
    client,
    { projectId: project.id, pipeline: { ref, variables } },
    { writing: call, reading: call },
  );
  return tellOutcome(
    outcome,
    {
      done: ({ id, webUrl }) => `Pipeline #${String(id)} started${webUrl === undefined ? '' : `: ${webUrl}`}`,
      look: 'buildstream pipelines list',
    },
    io,
  );
}

async function consequences(context: ActionContext, ref: string): Promise<string> {
  switch (context.options.type) {
    case 'deploy': {
      const nodes = await nodesAt(context, ref);
      const count =
        nodes === undefined ? 'There is no mapping file.' : `The mapping file has ${String(nodes.length)} nodes.`;
      return `It lists the images. No node is touched before an image is chosen and deploy is played. ${count}\n`;
    }
    case 'cleanup':
      return 'It removes images from the management server.\n';
    default:
      return 'It builds images on the management server. No node is touched.\n';
  }
}
