import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { judgePlay, type PlayRefusal } from '@omnia-buildstream/gitlab/actions/judgePlay';
import { shownVariable } from '@omnia-buildstream/gitlab/actions/jobVariables';
import { nextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import type { Bridge, Job } from '@omnia-buildstream/gitlab/model/job';
import { jobStatus } from '@omnia-buildstream/gitlab/status/statuses';
import { comesInTheWay } from '@omnia-buildstream/gitlab/omnia/touches';
import { preparePlay } from '@omnia-buildstream/gitlab/omnia/prepared';
import type { Moved } from '@omnia-buildstream/gitlab/omnia/writes';
import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { reachabilityNotes } from '@omnia-buildstream/runner/oim/reachability';
import { bmcReadings } from '../bmcReadings.ts';
import { cannotRun } from '../cannotRun.ts';
import type { ExitCode } from '../exitCodes.ts';
import { askAndSend } from './act.ts';
import type { ActionContext } from './context.ts';
import { findJob } from './findJob.ts';
import { jobText } from './jobText.ts';
import { omniaProject } from './project.ts';
import { tellOutcome } from './outcome.ts';
import { remarkLines } from './remarks.ts';
import { treeFor } from './show.ts';
import { nextText } from './text.ts';
import { touchText } from './touchText.ts';
import { warningLines } from './warn.ts';

const refusals: Readonly<Record<PlayRefusal | Moved, string>> = {
  'not-manual': 'it is not waiting for a manual start',
  'choose-image-first': 'select an image first, or deploy ends with "no image group selected"',
  'image-not-ready': 'the image is still being selected; wait for it',
  'image-failed': 'selecting the image failed; retry it or select another one',
  'image-already-chosen': 'another image is already selected; with two, it is uncertain which one is deployed',
  'unknown-job': 'it is not in this pipeline',
  'plan-changed': 'its effect has changed since it was shown; review it again',
};

/** `buildstream pipelines play` */
export async function play(context: ActionContext): Promise<ExitCode> {
  const { options, io } = context;
  const tree = await treeFor(context);
  const job = wantedJob(tree, options.names[1]);
  const judgement = judgePlay(tree, job);
  if (!judgement.allowed) {
    const state = judgement.reason === 'not-manual' ? ` (${jobStatus(job).label})` : '';
    throw cannotRun('arguments', `${job.name} cannot be run: ${refusals[judgement.reason]}${state}.`);
  }
  const { variables } = options;
  const given = Object.entries(variables).map(([key, value]) => shownVariable({ key, value }));
  if (given.length > 0 && job.kind === 'bridge') {
    throw cannotRun(
      'arguments',
      `${job.name} starts a child pipeline; GitLab ignores variables there. Leave out --var.`,
    );
  }
  const project = omniaProject(context);
  const prepared = await preparePlay(project, tree, job, variables);
  refuseObstacles(prepared);
  const { touches } = prepared;
  const text =
    (touchText(touches) || `Starts ${plainLine(job.name)}.\n`) +
    (await jobText(prepared.nodes, context)) +
    (await bmcLines(prepared, context)) +
    (given.length === 0 ? '' : `Variables: ${given.join(', ')}\n`) +
    (await remarkLines(context, tree, touches)) +
    (await warningLines(context, tree, { withFailedNodes: touches.kind === 'restarts' }));
  const sent = await askAndSend(context, prepared, {
    act: 'play',
    subject: `${job.name} #${String(job.id)} in pipeline #${String(tree.pipeline.id)}`,
    touches: comesInTheWay(touches),
    text,
    question: `Run ${job.name}?`,
    nothing: 'Nothing was run.',
    own: tree.pipeline.id,
  });
  if ('code' in sent) return sent.code;
  const { end: outcome } = sent;
  if (outcome.kind === 'refused') {
    throw cannotRun('arguments', `${job.name} was not run: ${refusals[outcome.reason]}.`);
  }
  const look = `buildstream pipelines show ${String(tree.pipeline.id)}`;
  return tellOutcome(outcome, { done: ({ name, id }) => `${name} #${String(id)} was started`, look }, io);
}

/** Whether the BMCs of the nodes respond, if somebody wants to know. */
async function bmcLines(plan: Pick<StagePlan, 'nodes'>, { options, io, call }: ActionContext): Promise<string> {
  const nodes = plan.nodes.map(({ target }) => target);
  const addresses = nodes.map(({ bmcIp }) => bmcIp.trim()).filter((bmcIp) => bmcIp !== '');
  const readings = await bmcReadings(addresses, options.bmcPort, { io, signal: call.signal });
  const notes = reachabilityNotes(readings, nodes, io.clock.now());
  return notes.map((note) => `${plainLine(wordsOf(note))}\n`).join('');
}

/** The named job, else what comes next if there is only one. @throws UserError */
function wantedJob(tree: PipelineNode, name: string | undefined): Job | Bridge {
  if (name !== undefined) return findJob(tree, name);
  const action = nextAction(tree);
  if (action.kind === 'play-deploy') return action.job;
  const choices = action.kind === 'choose-image' ? action.images : action.kind === 'play' ? action.jobs : [];
  const [only, ...others] = choices;
  if (only !== undefined && others.length === 0) return only;
  throw cannotRun('arguments', `Nothing to play without a choice. ${nextText(action, tree.pipeline.id)}`);
}
