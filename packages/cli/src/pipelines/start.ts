import { planAt } from '@omnia-buildstream/gitlab/omnia/serverPlan';
import { startFacts, startPipelineShown } from '@omnia-buildstream/gitlab/omnia/writes';
import { CannotRun } from '../cannotRun.ts';
import { confirm } from '../confirm.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { ActionContext } from './context.ts';
import { serverPlanText } from './nodes.ts';
import { omniaProject } from './project.ts';
import { tellOutcome } from './outcome.ts';
import { warningLines } from './warn.ts';

/** `buildstream pipelines start` */
export async function start(context: ActionContext): Promise<ExitCode> {
  const { project, options, io, call } = context;
  const { type } = options;
  if (type === undefined)
    throw new CannotRun('arguments', 'Say which pipeline to start: --type deploy, build or cleanup.');
  const ref = options.ref ?? project.defaultBranch ?? 'main';
  const facts = await startFacts(omniaProject(context), ref);
  const { headId, title } = facts;
  const commit = headId === undefined ? '' : ` at ${headId.slice(0, 8)} (${title ?? ''})`;
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
  const shown = { ...facts, pipeline: { ref, variables } };
  const outcome = await startPipelineShown(omniaProject(context), shown, { writing: call, reading: call });
  if (outcome.kind === 'refused') {
    const what = outcome.reason === 'head-moved' ? 'somebody has committed' : 'another pipeline has begun';
    throw new CannotRun('arguments', `Nothing was started: ${what} since this was shown. Look, then run it again.`);
  }
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
      const plan = serverPlanText(await planAt(omniaProject(context), ref));
      return `It lists the images. No node is touched before an image is chosen and deploy is played.\n${plan}`;
    }
    case 'cleanup':
      return 'It removes images from the management server.\n';
    default:
      return 'It builds images on the management server. No node is touched.\n';
  }
}
