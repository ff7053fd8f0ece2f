import { cadenceRemarks } from '@omnia-buildstream/gitlab/omnia/cadence';
import { inputRemarks } from '@omnia-buildstream/gitlab/omnia/remarks';
import { planAt, planOfNewJob } from '@omnia-buildstream/gitlab/omnia/serverPlan';
import { startFacts, startPipelineShown } from '@omnia-buildstream/gitlab/omnia/writes';
import { pipelineTypes } from '@omnia-buildstream/gitlab/tree/pipelineType';
import { cannotRun } from '../cannotRun.ts';
import type { ExitCode } from '../exitCodes.ts';
import { agree } from './agree.ts';
import type { ActionContext } from './context.ts';
import { serverPlanText } from './nodes.ts';
import { omniaProject } from './project.ts';
import { tellOutcome } from './outcome.ts';
import { phraseLines } from './remarks.ts';
import { cadenceText } from './touchText.ts';
import { warningLines } from './warn.ts';

/** `buildstream pipelines start` */
export async function start(context: ActionContext): Promise<ExitCode> {
  const { project, options, io, call } = context;
  const { type } = options;
  if (type === undefined)
    throw cannotRun('arguments', `Say which pipeline to start: --type ${pipelineTypes.join(', ')}.`);
  const ref = options.ref ?? project.defaultBranch ?? 'main';
  const facts = await startFacts(omniaProject(context), ref);
  const { headId, title } = facts;
  const commit = headId === undefined ? '' : ` at ${headId.slice(0, 8)} (${title ?? ''})`;
  const variables = { ...options.variables, PIPELINE_TYPE: type };
  const plan = await consequences(context, ref);
  await io.stderr.write(
    `A ${type} pipeline of ${project.path} on ${ref}${commit}.\n` +
      `Variables: ${Object.keys(variables).join(', ')}\n` +
      plan +
      (await known(context, ref)) +
      (await warningLines(context, undefined)),
  );
  const sends = ['start', ref, headId ?? '', JSON.stringify(variables), plan];
  const end = await agree(context, { question: 'Start it?', nothing: 'Nothing was started.', sends, touches: [] });
  if (end !== undefined) return end;
  const shown = { ...facts, pipeline: { ref, variables } };
  const outcome = await startPipelineShown(omniaProject(context), shown, { writing: call, reading: call });
  if (outcome.kind === 'refused') {
    const what = outcome.reason === 'head-moved' ? 'somebody has committed' : 'another pipeline has started';
    throw cannotRun('arguments', `Nothing was started: ${what} since this was shown. Review it, then run it again.`);
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

/** What there is to know before a deploy or a cadence. */
async function known(context: ActionContext, ref: string): Promise<string> {
  const project = omniaProject(context);
  switch (context.options.type) {
    case 'deploy':
      return phraseLines(await inputRemarks(project, undefined, ref));
    case 'cadence':
      return phraseLines([...(await cadenceRemarks(project, ref)), ...(await inputRemarks(project, undefined, ref))]);
    default:
      return '';
  }
}

async function consequences(context: ActionContext, ref: string): Promise<string> {
  switch (context.options.type) {
    case 'deploy': {
      const plan = serverPlanText(await planAt(omniaProject(context), ref));
      return `The pipeline lists the available images. No node is changed until you select an image and run the deploy job.\n${plan}`;
    }
    case 'cadence':
      return cadenceText(await planOfNewJob(omniaProject(context), ref));
    case 'cleanup':
      return 'It lists the image groups. Nothing is deleted until one is selected and the cleanup job is run.\n';
    default:
      return 'It builds images on the management server. No node is touched.\n';
  }
}
