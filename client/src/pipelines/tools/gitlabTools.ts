import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { refused } from '@omnia-buildstream/core/errors/userError';
import { nextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import type { Bridge, Job } from '@omnia-buildstream/gitlab/model/job';
import { readMarkable } from '@omnia-buildstream/gitlab/omnia/markFailed';
import { prepareMark } from '@omnia-buildstream/gitlab/omnia/prepare/prepareMark';
import { failedNodesPath } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import { aroundFailures } from '@omnia-buildstream/gitlab/trace/aroundFailures';
import { allPipelines, type PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { answer, refusal, type Source, type ToolAnswer } from '@omnia-buildstream/tools/answer';
import * as vscode from 'vscode';
import { shortList } from '../../platform/shortList.ts';
import { saidNo, type GitLabTools } from '../../tools/editorTools.ts';
import { currentTree, knownProject, openProject, type ActionContext } from '../actions/actionContext.ts';
import { ask } from '../actions/askAction.ts';
import { confirmAndPlay } from '../actions/playCommand.ts';
import { retryPipelineCommand } from '../actions/retryCommands.ts';
import { sendAct } from '../actions/sendAct.ts';
import { readLog } from '../logs/readLog.ts';
import { jobOf, runElement, runToRetry } from '../view/pipelineElements.ts';

const from: readonly Source[] = ['GitLab'];
const listed = 20;
const sent = 'The user agreed, and it was sent to GitLab. show_pipeline tells what became of it.';

/** The tools that GitLab answers. A tool that changes something works like the command of the same purpose. */
export function gitlabTools(given: ActionContext): GitLabTools {
  const context: ActionContext = { ...given, asker: 'model' };
  return {
    list_pipelines: async ({ ref }, signal) => {
      const { client, project } = await openProject(context);
      const filter = { perPage: listed, ...(ref === undefined ? {} : { ref }) };
      const { pipelines } = await client.pipelines.list(project.id, filter, { signal });
      return json('The newest pipelines, as JSON.', pipelines);
    },
    show_pipeline: async ({ pipeline }) => {
      const tree = await currentTree(await openProject(context), pipeline);
      const { kind } = nextAction(tree);
      return json(`The pipeline, as JSON. Next step: ${kind}.`, allPipelines(tree).map(shownPipeline));
    },
    job_log: async ({ pipeline, job: name }) => {
      const open = await openProject(context);
      const job = jobNamed(await currentTree(open, pipeline), name);
      if (job.kind === 'bridge') return refusal('This job starts a child pipeline and has no log.');
      const { text } = await readLog(open, job);
      const { failures, lines, totalLines } = aroundFailures(text.split('\n'));
      const own = `The log has ${String(totalLines)} lines; failures found: ${String(failures)}.`;
      return answer(
        { own },
        { foreign: lines.map(({ number, text: line }) => `${String(number)}: ${line}`).join('\n'), from },
      );
    },
    mark_booted: ({ nodes }) => mark(context, nodes),
    retry_failed: async ({ pipeline }) => {
      const tree = await currentTree(await openProject(context), pipeline);
      const run = runElement(tree.pipeline, tree);
      return told(await retryPipelineCommand(context, runToRetry(run) ?? run));
    },
    play_deploy: async ({ pipeline, job }) => {
      const open = await openProject(context);
      const tree = await currentTree(open, pipeline);
      const shown = job === undefined ? nextJob(tree) : jobNamed(tree, job);
      return told(await confirmAndPlay(context, open, { rootId: tree.pipeline.id, shown }));
    },
  };
}

/** Only marks nodes in the list on the server, after the user has seen them. */
async function mark(context: ActionContext, names: readonly string[]): Promise<ToolAnswer> {
  const open = await openProject(context);
  const project = await knownProject(context, open);
  const list = await readMarkable(project);
  if (list.kind !== 'usable') return refusal('There is no failed_nodes.json on the server that could be marked.');
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const nodes = list.failed.filter(({ hostname, bmcIp }) =>
    [hostname, bmcIp].some((one) => wanted.has(one.toLowerCase())),
  );
  if (nodes.length !== wanted.size)
    return refusal('Not all of these are failed nodes. Name each by its hostname or BMC_IP, once.');
  const prepared = await prepareMark(project, { base: list.base, nodes }, undefined);
  refuseObstacles(prepared);
  const button = vscode.l10n.t('Mark as Booted');
  const all = nodes.map(({ hostname, bmcIp }) => `${hostname} (${bmcIp})`);
  const shown = shortList(all);
  const agreed = await ask(context, open, {
    question: vscode.l10n.t('Mark these nodes as booted ({0})?', nodes.length),
    touches: [[vscode.l10n.t('In {0}; the commit starts no pipeline:', failedNodesPath), ...shown]],
    further: shown.length === all.length ? [] : [all],
    ways: [button],
    disturbs: { own: undefined },
  });
  if (agreed === undefined) return refusal(saidNo);
  const act = { act: 'mark', subject: failedNodesPath, touches: true, marked: nodes, own: undefined } as const;
  const end = await sendAct(context, open, prepared, act, agreed);
  await context.model.refresh();
  return end.kind === 'sent'
    ? answer({ own: sent })
    : refusal('Nothing was written: the list was changed in the meantime.');
}

function told(isSent: boolean): ToolAnswer {
  return isSent ? answer({ own: sent }) : refusal(saidNo);
}

/** If several jobs have this name, the one in the newest pipeline. @throws UserError */
function jobNamed(tree: PipelineNode, name: string): Job | Bridge {
  const jobs = allPipelines(tree)
    .toSorted((one, other) => other.pipeline.id - one.pipeline.id)
    .flatMap(({ stages }) => stages.flatMap(({ entries }) => entries.map(jobOf)));
  const found =
    jobs.find((job) => job.name === name) ??
    jobs.find(({ id }) => `#${String(id)}`.endsWith(name) && /^#?\d+$/.test(name));
  if (found !== undefined) return found;
  throw refused(vscode.l10n.t('Pipeline #{0} has no such job.', tree.pipeline.id));
}

/** @throws UserError if there is no single next job */
function nextJob(tree: PipelineNode): Job | Bridge {
  const action = nextAction(tree);
  const jobs =
    action.kind === 'play-deploy'
      ? [action.job]
      : action.kind === 'choose-image'
        ? action.images
        : action.kind === 'play'
          ? action.jobs
          : [];
  const [only, ...others] = jobs;
  if (only !== undefined && others.length === 0) return only;
  throw refused(vscode.l10n.t('Name the job: {0}', jobs.map(({ name }) => name).join(', ')));
}

function shownPipeline({ pipeline, state, stages }: PipelineNode): object {
  const jobs = stages.flatMap(({ entries }) =>
    entries.map(jobOf).map(({ id, name, stage, status }) => ({ id, name, stage, status })),
  );
  return { id: pipeline.id, ref: pipeline.ref, ...state, jobs };
}

function json(own: string, shown: unknown): ToolAnswer {
  return answer({ own }, { foreign: JSON.stringify(shown, undefined, 1), from });
}
