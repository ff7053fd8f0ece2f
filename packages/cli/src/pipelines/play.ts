import { judgePlay, type PlayRefusal } from '@omnia-buildstream/gitlab/actions/judgePlay';
import { shownVariable } from '@omnia-buildstream/gitlab/actions/jobVariables';
import { nextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import { playJob } from '@omnia-buildstream/gitlab/api/writes';
import type { Bridge, Job } from '@omnia-buildstream/gitlab/model/job';
import { jobStatus } from '@omnia-buildstream/gitlab/status/statuses';
import { findDeployRun, imageGroupOf, stageNames } from '@omnia-buildstream/gitlab/tree/deployRun';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { CannotRun } from '../cannotRun.ts';
import { confirm } from '../confirm.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { ActionContext } from './context.ts';
import { findJob } from './findJob.ts';
import { nodeLines, nodesAt } from './nodes.ts';
import { tellOutcome } from './outcome.ts';
import { treeFor } from './show.ts';
import { nextText } from './text.ts';
import { warningLines } from './warn.ts';

const refusals: Readonly<Record<PlayRefusal, string>> = {
  'not-manual': 'it does not wait for Play',
  'choose-image-first': 'choose an image first, or deploy ends with "no image group selected"',
  'image-not-ready': 'the chosen image is still being selected; wait for it',
  'image-failed': 'selecting the image failed; retry it or choose another one',
  'image-already-chosen': 'another image was chosen already; with two, nobody can tell which one is deployed',
  'unknown-job': 'it is not in this pipeline',
};

/** `buildstream pipelines play` */
export async function play(context: ActionContext): Promise<ExitCode> {
  const { client, project, options, io, call } = context;
  const tree = await treeFor(context);
  const job = wantedJob(tree, options.names[1]);
  const judgement = judgePlay(tree, job);
  if (!judgement.allowed) {
    const state = judgement.reason === 'not-manual' ? ` (${jobStatus(job).label})` : '';
    throw new CannotRun('arguments', `${job.name} cannot be played: ${refusals[judgement.reason]}${state}.`);
  }
  const { variables } = options;
  const shown = Object.entries(variables).map(([key, value]) => shownVariable({ key, value }));
  if (shown.length > 0 && job.kind === 'bridge') {
    throw new CannotRun(
      'arguments',
      `${job.name} starts a child pipeline; GitLab ignores variables there. Leave out --var.`,
    );
  }
  await io.stderr.write(
    (await consequences(context, tree, job)) +
      (shown.length === 0 ? '' : `Variables: ${shown.join(', ')}\n`) +
      (await warningLines(context, tree)),
  );
  if (!(await confirm(`Play ${job.name}?`, options.yes, io))) {
    await io.stderr.write('Nothing was played.\n');
    return exitCodes.ok;
  }
  const outcome = await playJob(client, { projectId: project.id, job, variables }, { writing: call, reading: call });
  const look = `buildstream pipelines show ${String(tree.pipeline.id)}`;
  return tellOutcome(outcome, { done: ({ name, id }) => `${name} #${String(id)} was played`, look }, io);
}

/** The named job, else what comes next when there is only one. @throws CannotRun */
function wantedJob(tree: PipelineNode, name: string | undefined): Job | Bridge {
  if (name !== undefined) return findJob(tree, name);
  const action = nextAction(tree);
  if (action.kind === 'play-deploy') return action.job;
  const choices = action.kind === 'choose-image' ? action.images : action.kind === 'play' ? action.jobs : [];
  const [only, ...others] = choices;
  if (only !== undefined && others.length === 0) return only;
  throw new CannotRun('arguments', `Nothing to play without a choice. ${nextText(action, tree.pipeline.id)}`);
}

async function consequences(context: ActionContext, tree: PipelineNode, job: Job | Bridge): Promise<string> {
  const run = findDeployRun(tree);
  if (run?.node.pipeline.id !== job.pipelineId || run === undefined) return `Play ${job.name} starts it.\n`;
  if (job.stage === stageNames.selectImage) {
    return `Chooses the image group ${imageGroupOf(job)}. No node is touched before deploy is played.\n`;
  }
  if (job.stage !== stageNames.deploy) return `Play ${job.name} starts it.\n`;
  const image = run.images.find(({ status }) => status === 'success');
  const nodes = await nodesAt(context, run.node.pipeline.sha);
  const group = image === undefined ? 'the chosen image group' : imageGroupOf(image);
  return (
    `Deploys ${group} to the nodes of the mapping file, then restarts by PXE those of them that have not booted it yet` +
    (nodes === undefined ? '.\n' : `, at most ${String(nodes.length)}:\n${nodeLines(nodes)}`)
  );
}
