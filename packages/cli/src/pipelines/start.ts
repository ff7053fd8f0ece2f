import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { bootedBy } from '@omnia-buildstream/gitlab/omnia/actionPlan';
import { prepareStart, type StartRefusal } from '@omnia-buildstream/gitlab/omnia/prepare/prepareStart';
import { pipelineTypes } from '@omnia-buildstream/gitlab/tree/pipelineType';
import { cannotRun } from '../cannotRun.ts';
import type { ExitCode } from '../exitCodes.ts';
import { askAndSend } from './act.ts';
import type { ActionContext } from './context.ts';
import { jobText } from './jobText.ts';
import { serverPlanText } from './nodes.ts';
import { omniaProject } from './project.ts';
import { tellOutcome } from './outcome.ts';
import { phraseLines } from './remarks.ts';
import { warningLines } from './warn.ts';

const refusals: Readonly<Record<StartRefusal, string>> = {
  'head-moved': 'somebody has committed',
  'another-pipeline': 'another pipeline has started',
  'plan-changed': 'its effect has changed',
};

/** `buildstream pipelines start` */
export async function start(context: ActionContext): Promise<ExitCode> {
  const { project, options, io } = context;
  const { type } = options;
  if (type === undefined)
    throw cannotRun('arguments', `Say which pipeline to start: --type ${pipelineTypes.join(', ')}.`);
  const ref = options.ref ?? project.defaultBranch ?? 'main';
  const prepared = await prepareStart(omniaProject(context), { type, ref, variables: options.variables });
  refuseObstacles(prepared);
  const { head, variables, notes, leadsTo } = prepared;
  const [does, ...remarks] = notes;
  const commit = head === undefined ? '' : ` at ${head.id.slice(0, 8)} (${head.title})`;
  const text =
    `A ${type} pipeline of ${project.path} on ${ref}${commit}.\n` +
    `Variables: ${Object.keys(variables).join(', ')}\n` +
    phraseLines(does === undefined ? [] : [does]) +
    (leadsTo === undefined ? '' : serverPlanText(leadsTo.plan)) +
    (await jobText(bootedBy(leadsTo?.plan), context)) +
    phraseLines(remarks) +
    (await warningLines(context, undefined));
  const sent = await askAndSend(context, prepared, {
    act: 'start',
    subject: `a ${type} pipeline on ${ref}`,
    touches: type === 'cadence',
    text,
    question: 'Start it?',
    nothing: 'Nothing was started.',
    own: undefined,
  });
  if ('code' in sent) return sent.code;
  const { end: outcome } = sent;
  if (outcome.kind === 'refused') {
    const what = refusals[outcome.reason];
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
