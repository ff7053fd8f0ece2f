/**
 * The same promise for GitLab: whatever the state of the project on the server, Play and retry name the same nodes for
 * the same reasons in the editor and on the command line, send the same order, and restart only nodes that were named.
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Io } from '@omnia-buildstream/cli/io';
import { parseOptions } from '@omnia-buildstream/cli/pipelines/options';
import { play } from '@omnia-buildstream/cli/pipelines/play';
import { retry } from '@omnia-buildstream/cli/pipelines/retry';
import { isUserError } from '@omnia-buildstream/core/errors/userError';
import type { RunHistory } from '@omnia-buildstream/core/history/runHistory';
import { basisText, planHeadline } from '@omnia-buildstream/core/plan/planDocument';
import { sayProblems } from '@omnia-buildstream/core/plan/planProblems';
import { identityTexts, noticeTexts, rolloutTexts } from '@omnia-buildstream/core/plan/planTexts';
import { jobTexts } from '@omnia-buildstream/core/plan/jobs/jobTexts';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { renderMessage as say } from '@omnia-buildstream/core/text/message';
import { phrase, wordsOf } from '@omnia-buildstream/core/text/phrase';
import { loadTree } from '@omnia-buildstream/gitlab/api/loadTree';
import type { ListedGroups } from '@omnia-buildstream/gitlab/omnia/listedGroups';
import { preparePlay, prepareRetryOfJob, type PreparedAction } from '@omnia-buildstream/gitlab/omnia/prepared';
import type { Touches } from '@omnia-buildstream/gitlab/omnia/touches';
import { findDeployRun } from '@omnia-buildstream/gitlab/tree/deployRun';
import type { BmcReading } from '@omnia-buildstream/runner/oim/reachability';
import { historyOf } from '@omnia-buildstream/runner/history/historyPlace';
import { readRuns } from '@omnia-buildstream/runner/history/readRuns';
import { thisMachine } from '@omnia-buildstream/runner/machine';
import { answers } from '../support/vscode/fakeVscode.ts';
import { childJobs } from '../support/gitlabModel.ts';
import { RecordingGitLab, type GitLabSituation } from '../support/frontEnds/recordingGitLab.ts';
import { committed, jobId, lists, mappings, restartedByOim } from '../support/frontEnds/situations.ts';
import { actsFolder, cliParts, editorParts, atOim } from '../support/frontEnds/history.ts';
import '../support/vscode/playedVscode.ts';

const { confirmAndPlay } = await import('@omnia-buildstream/client/pipelines/actions/playCommand');
const { retryPipelineCommand, retryJobCommand } =
  await import('@omnia-buildstream/client/pipelines/actions/retryCommands');

const mappingPath = 'input/pxe_mapping_file.csv';
const listPath = 'miscellaneous/failed_nodes.json';
const call = { signal: new AbortController().signal };

/** What the log of the selected image says about the job. */
const logs = { 'of a known job': `JOB_ID=${jobId}\n`, 'of a job that nobody knows': 'selected\n' } as const;

/** The actions, each with the progress of the run. */
const actions = {
  'Play of deploy': { jobs: childJobs({ select_a: 'success' }), status: 'manual', target: 'deploy' },
  'retry of the pipeline': { jobs: afterFailure(), status: 'failed', target: undefined },
  'retry of the job': { jobs: afterFailure(), status: 'failed', target: 'restart' },
  'retry of the pipeline whose deploy failed': { jobs: afterFailedDeploy(), status: 'failed', target: undefined },
  'retry of deploy': { jobs: afterFailedDeploy(), status: 'failed', target: 'deploy' },
} as const;
type Action = keyof typeof actions;

/** No source reports whose jobs run on nodes. */
const work = () => Promise.resolve(undefined);

function afterFailure(): string[] {
  return childJobs({
    select_a: 'success',
    deploy: 'success',
    restart: 'failed',
    validate: 'skipped',
    summary: 'skipped',
  });
}

function afterFailedDeploy(): string[] {
  const skipped = { restart: 'skipped', validate: 'skipped', summary: 'skipped' };
  return childJobs({ select_a: 'success', deploy: 'failed', ...skipped });
}

interface Given {
  readonly mapping: string | undefined;
  readonly list: string | undefined;
  readonly log: string;
}

function situationOf(action: Action, { mapping, list, log }: Given): GitLabSituation {
  const { jobs, status } = actions[action];
  const files = { [mappingPath]: mapping, [listPath]: list };
  return { files, before: { [mappingPath]: committed }, log, childStatus: status, childJobs: jobs };
}

/** What a front end showed before it asked, and what it sent after the yes. */
interface Seen {
  readonly text: string;
  /** The same, plus what the editor shows only in the plan. */
  readonly told: string;
  /** BMC_IP and reason, in the order in which they are shown. */
  readonly nodes: readonly string[];
  readonly orders: readonly string[];
  /** Why it sent nothing. */
  readonly refusal: string | undefined;
  /** The same as data, if it is an obstacle. */
  readonly problem: unknown;
}

/** An event on the server while the question is open. */
type Meanwhile = (server: RecordingGitLab) => void;

async function commandLine(
  action: Action,
  situation: GitLabSituation,
  meanwhile: Meanwhile,
  listed: ListedGroups = { kind: 'no-api' },
): Promise<Seen> {
  const server = new RecordingGitLab(situation);
  let text = '';
  const write = (said: string): Promise<void> => {
    text += said;
    return Promise.resolve();
  };
  const ask = (): Promise<string> => {
    meanwhile(server);
    return Promise.resolve('y');
  };
  const io = {
    ...thisMachine,
    ...cliParts,
    ask,
    stderr: { write },
    stdout: { write: () => Promise.resolve() },
  } as unknown as Io;
  const { target } = actions[action];
  const args =
    action === 'Play of deploy'
      ? ['play', '1', 'deploy']
      : ['retry', '1', ...(target === undefined ? [] : ['--job', target])];
  const imageGroups = () => Promise.resolve(listed);
  const context = {
    client: server.client,
    project: server.project,
    options: parseOptions(args),
    io,
    call,
    imageGroups,
  };
  const { refusal, problem } = await reasonOf((action === 'Play of deploy' ? play : retry)(context));
  const [, booted = ''] = text.split('Will be booted');
  const rows = (booted.split('Left alone')[0] ?? '').split('\n');
  const nodes = rows.flatMap((row) => {
    const [, bmcIp, why] = /^\S+ +\S+ +([\d.]+) +(.+)$/.exec(row) ?? [];
    return bmcIp === undefined ? [] : [`${bmcIp} ${why?.trim() ?? ''}`];
  });
  return { text, told: text, nodes, orders: server.orders, refusal, problem };
}

async function editor(
  action: Action,
  situation: GitLabSituation,
  meanwhile: Meanwhile,
  listed: ListedGroups = { kind: 'no-api' },
): Promise<Seen> {
  const server = new RecordingGitLab(situation);
  let text = '';
  let plan = '';
  const showPage = (page: string): Promise<void> => {
    plan = page.replaceAll(/\\(.)/g, '$1');
    return Promise.resolve();
  };
  // Reads the plan first, then presses the first button that acts.
  answers.pick = ([back]) => back;
  answers.modal = (_question, detail, [first, acts]) => {
    if (first === 'Show Plan' && plan === '') return first;
    text = detail;
    meanwhile(server);
    return first === 'Show Plan' ? acts : first;
  };
  const open = { origin: 'https://gitlab.example', client: server.client, project: server.project };
  const model = { trees: new Map(), refresh: () => Promise.resolve() };
  const facts = {
    imageGroups: () => Promise.resolve(listed),
    bmcs: new Map(),
    askBmcs: () => Promise.resolve(),
    atOim,
    work,
  };
  const context = {
    session: { current: () => Promise.resolve(open) },
    model,
    facts: () => Promise.resolve(facts),
    showPage,
    ...editorParts,
  } as never;
  const tree = await loadTree(server.client, { projectId: 1, pipelineId: 1 }, call);
  const run = findDeployRun(tree);
  assert.ok(run?.deploy !== undefined && run.restart !== undefined);
  const { target } = actions[action];
  const { refusal, problem } = await reasonOf(
    action === 'Play of deploy'
      ? confirmAndPlay(context, open, { rootId: 1, shown: run.deploy })
      : target === undefined
        ? retryPipelineCommand(context, { rootId: 1, pipeline: run.node.pipeline } as never)
        : retryJobCommand(context, { rootId: 1, entry: { kind: 'job', job: run[target], earlier: [] } } as never),
  );
  answers.modal = undefined;
  answers.pick = undefined;
  const [, booted = ''] = plan.split('## Will be booted');
  const rows = (booted.split('## Left alone')[0] ?? '').split('\n');
  const nodes = rows.flatMap((row) => {
    const [, , , bmcIp = '', why = ''] = row.split('|').map((cell) => cell.trim());
    return /^[\d.]+$/.test(bmcIp) ? [`${bmcIp} ${why}`] : [];
  });
  return { text, told: `${text}\n${plan}`, nodes, orders: server.orders, refusal, problem };
}

function reasonOf(done: Promise<unknown>): Promise<Pick<Seen, 'refusal' | 'problem'>> {
  return done.then(
    () => ({ refusal: undefined, problem: undefined }),
    (error: unknown) => ({ refusal: String(error), problem: isUserError(error) ? error.problem : undefined }),
  );
}

/** Sentences that both must show, whatever words surround them. */
function sentencesOf(touches: Touches): string[] {
  const decision = touches.kind === 'restarts' ? touches.plan?.decision : undefined;
  if (decision === undefined) return [];
  if (decision.plan === undefined) return [sayProblems(decision.problems, say)];
  const notices = decision.plan.notices.map(({ kind, ...params }) => say(noticeTexts[kind], params));
  return [planHeadline(decision, say), basisText(decision.basis, say), ...notices].filter((text) => text !== '');
}

/** The prepared action, as required of every stage. */
async function preparedOf(
  action: Action,
  server: RecordingGitLab,
  imageGroups: () => Promise<ListedGroups> = () => Promise.resolve({ kind: 'no-api' }),
): Promise<PreparedAction<unknown, unknown>> {
  const { client, project } = server;
  const omnia = { client, project, version: undefined, imageGroups, reading: () => call };
  const tree = await loadTree(client, { projectId: 1, pipelineId: 1 }, call);
  const { deploy, restart } = findDeployRun(tree) ?? {};
  assert.ok(deploy !== undefined && restart !== undefined);
  if (action === 'Play of deploy') return preparePlay(omnia, tree, deploy);
  return prepareRetryOfJob(omnia, tree, action.includes('deploy') ? deploy : restart);
}

const nothing: Meanwhile = () => undefined;

test('the question itself says what Omnia does not know: identity, canary, limits of nodes and failures, running jobs', async () => {
  const situation = situationOf('Play of deploy', { mapping: committed, list: undefined, log: logs['of a known job'] });
  for (const frontEnd of [commandLine, editor]) {
    const { text } = await frontEnd('Play of deploy', situation, nothing);
    for (const said of [identityTexts.byOim, rolloutTexts.notHere, jobTexts.notAsked]) {
      assert.ok(text.includes(said), `${frontEnd.name}: ${text}`);
    }
  }
});

test('after a finished run with one image, Play with another does not say that all is booted', async () => {
  const list = JSON.stringify({ job_id: 'another', timestamp: '2026-04-10T16:00:00Z', failed_nodes: [] });
  const action = 'Play of deploy';
  const situation = situationOf(action, { mapping: committed, list, log: logs['of a known job'] });
  const ordered = restartedByOim({ mapping: committed, list, hasRestarted: false });
  assert.equal(ordered.length, 4, 'the job of this image has booted none of them');
  for (const frontEnd of [commandLine, editor]) {
    const { nodes, text } = await frontEnd(action, situation, nothing);
    assert.deepEqual(
      nodes,
      ordered.map((bmcIp) => `${bmcIp} possibly booted already (unknown here)`),
    );
    assert.match(text, /Up to 4 of 4 nodes will be PXE-booted\./);
  }
});

suite('what Play and retry touch', () => {
  for (const action of Object.keys(actions) as Action[]) {
    for (const [mappingName, mapping] of Object.entries(mappings)) {
      for (const [listName, list] of Object.entries(lists)) {
        for (const [logName, log] of Object.entries(logs)) {
          const situation = situationOf(action, { mapping, list, log });

          test(`is the same in both front ends: ${action} ${logName}, mapping file ${mappingName}, list ${listName}`, async () => {
            const shown = await commandLine(action, situation, nothing);
            const { nodes, orders, refusal, text, told, problem } = await editor(action, situation, nothing);
            if (mapping !== undefined && listName === 'broken') {
              const { obstacles } = await preparedOf(action, new RecordingGitLab(situation));
              assert.deepEqual([orders, shown.orders, text, shown.text], [[], [], '', '']);
              assert.deepEqual(
                [problem, shown.problem, 'failed-nodes'],
                [...obstacles, ...obstacles, obstacles[0]?.kind],
              );
              return;
            }
            assert.deepEqual(
              { nodes, orders, refusal },
              { nodes: shown.nodes, orders: shown.orders, refusal: shown.refusal },
            );
            assert.equal(orders.length, 1);
            const prepared = await preparedOf(action, new RecordingGitLab(situation));
            const planned = prepared.nodes.map(({ target, why }) => `${target.bmcIp} ${wordsOf(why)}`);
            assert.deepEqual(planned, nodes);
            assert.deepEqual([prepared.backend, prepared.obstacles], ['gitlab', []]);
            const sentences = sentencesOf(prepared.touches);
            for (const sentence of sentences) {
              assert.ok(told.includes(sentence), `the editor says: ${sentence}`);
              // A question first omits what is the same for every run.
              const isAsked = text.includes(sentence) || !text.includes(rolloutTexts.notHere);
              assert.ok(isAsked, `the question says: ${sentence}\n${text}`);
              assert.ok(shown.text.includes(sentence), `the command line says: ${sentence}`);
            }
            assert.equal(mapping === undefined, sentences.length === 0);
          });

          if (mapping === undefined || listName === 'broken') continue;
          for (const hasRestarted of [true, false]) {
            // A list with the job's own ID can only come from its restart.
            if (listName === 'own' && !hasRestarted) continue;
            test(`is all that is restarted: ${action} ${logName}, mapping file ${mappingName}, list ${listName}, restarted before: ${String(hasRestarted)}`, async () => {
              const { nodes, text } = await commandLine(action, situation, nothing);
              const shown = nodes.map((node) => node.split(' ')[0] ?? '');
              const ordered = restartedByOim({ mapping, list, hasRestarted });
              if (text.includes('Up to '))
                assert.deepEqual(
                  ordered.filter((bmcIp) => !shown.includes(bmcIp)),
                  [],
                );
              else assert.deepEqual(ordered, shown);
            });
          }
        }
      }
    }

    test(`is not ordered while a cadence runs: ${action}`, async () => {
      const given = { mapping: committed, list: lists.own, log: logs['of a known job'] };
      const situation = { ...situationOf(action, given), cadence: true };
      for (const frontEnd of [commandLine, editor]) {
        const { orders, problem } = await frontEnd(action, situation, nothing);
        assert.deepEqual([orders, problem], [[], { kind: 'cadence-runs', pipeline: 50 }]);
      }
    });

    test(`is refused before anything is asked when the restart stage ends on the mapping file: ${action}`, async () => {
      const given = { list: lists.own, log: logs['of a known job'] };
      const [header = '', first = '', ...rows] = committed.split('\n');
      const conflict = [header, '<<<<<<< HEAD', first, '=======', first, '>>>>>>> other', ...rows].join('\n');
      const situation = situationOf(action, { mapping: conflict, ...given });
      for (const frontEnd of [commandLine, editor]) {
        const { orders, text, problem } = await frontEnd(action, situation, nothing);
        const obstacle = { kind: 'merge-conflict', lines: [1], values: [] };
        assert.deepEqual([orders, text, problem], [[], '', { kind: 'stage-ends', obstacle }]);
      }
    });

    test(`is not ordered when it is another one after the yes: ${action}`, async () => {
      const situation = situationOf(action, { mapping: committed, list: lists.own, log: logs['of a known job'] });
      const more = situationOf(action, { mapping: mappings['with a node added'], list: lists.own, log: situation.log });
      const other = situationOf(action, { mapping: committed, list: lists.missing, log: situation.log });
      for (const now of [more, other]) {
        const changes: Meanwhile = (server) => {
          server.situation = now;
        };
        for (const frontEnd of [commandLine, editor]) {
          const { orders, refusal } = await frontEnd(action, situation, changes);
          assert.deepEqual(orders, []);
          assert.match(refusal ?? '', /effect has changed since it was shown/);
        }
      }
    });
  }
});

suite('which images the nodes boot, before a retry of the restart', () => {
  const given = { mapping: committed, list: lists.own, log: logs['of a known job'] };
  const late = 2_000_000_000_000;
  const later = { id: 70, deployedMs: late, imageGroup: 'b' };
  const swapped =
    /Pipeline #70 deployed b after this one \(2033-05-18 03:33 UTC\): nodes boot b until this pipeline’s images are deployed again, which are a\./;
  const unknown = /It is unknown which images nodes boot: .* whether another image group was deployed after a\./;
  const own = /Nodes boot a: no other pipeline has deployed another image group since\./;

  for (const [what, others, said] of [
    ['a newer one deployed another group', [later], swapped],
    ['a newer one that is no child did', [{ ...later, isRoot: true }], swapped],
    [
      'two did, the older later',
      [{ ...later, id: 80, imageGroup: 'c', deployedMs: 1_900_000_000_000 }, later],
      swapped,
    ],
    ['an older one deployed again', [{ ...later, id: 2 }], /Pipeline #2 deployed b after this one/],
    [
      'a cadence deployed what it built',
      [{ ...later, imageGroup: undefined }],
      /nodes boot the images that pipeline #70 built until/,
    ],
    ['one deployed another group before', [{ ...later, deployedMs: 1_000 }], own],
    ['one deployed the same group since', [{ ...later, imageGroup: 'select_a' }], own],
    ['one deployed a group since that differs in capitals', [{ ...later, imageGroup: 'A' }], /Pipeline #70 deployed A/],
    [
      'the same group came back last',
      [
        { ...later, imageGroup: 'a' },
        { ...later, id: 80, deployedMs: 1_900_000_000_000 },
      ],
      own,
    ],
    ['no other pipeline changed', [], own],
    ['a deploy was canceled before it began', [{ ...later, tries: [{ status: 'canceled', finishedMs: late }] }], own],
    ['a deploy waits', [{ ...later, tries: [{ status: 'pending' }] }], own],
    [
      'a deploy that succeeded waits to run again',
      [{ ...later, tries: [{ status: 'pending' }, { status: 'success', startedMs: late, finishedMs: late + 1 }] }],
      swapped,
    ],
    [
      'a deploy that succeeded failed when it ran again',
      [
        {
          ...later,
          tries: [
            { status: 'failed', startedMs: late + 2, finishedMs: late + 3 },
            { status: 'success', startedMs: late, finishedMs: late + 1 },
          ],
        },
      ],
      swapped,
    ],
    ...['failed', 'canceled', 'running', 'canceling', 'something new'].map(
      (status) =>
        [`a deploy began and is ${status}`, [{ ...later, tries: [{ status, startedMs: late }] }], unknown] as const,
    ),
    ['one cannot be looked at', [{ ...later, isHidden: true }], unknown],
    [
      'more changed than are looked at',
      Array.from({ length: 21 }, (_, index) => ({ ...later, id: 70 + index })),
      unknown,
    ],
  ] as const) {
    for (const action of ['retry of the pipeline', 'retry of the job'] as const) {
      test(`is told by both front ends: ${what}, ${action}`, async () => {
        const situation = { ...situationOf(action, given), deployedMs: 1_800_000_000_000, others };
        for (const frontEnd of [commandLine, editor]) {
          const { text, orders } = await frontEnd(action, situation, nothing);
          assert.match(text, said);
          assert.equal(orders.length, 1);
        }
        const { notes } = await preparedOf(action, new RecordingGitLab(situation));
        assert.match(notes.map((note) => wordsOf(note)).join(' '), said);
      });
    }
  }

  test('is unknown when GitLab shows no deploy of the run itself', async () => {
    const { text } = await editor(
      'retry of the job',
      { ...situationOf('retry of the job', given), others: [] },
      nothing,
    );
    assert.match(text, unknown);
  });

  test('is another plan when somebody deploys while the question is open', async () => {
    const action = 'retry of the pipeline';
    const situation = { ...situationOf(action, given), deployedMs: 1_800_000_000_000 };
    for (const frontEnd of [commandLine, editor]) {
      const { orders, refusal } = await frontEnd(action, situation, (server) => {
        server.situation = { ...situation, others: [later] };
      });
      assert.deepEqual(orders, []);
      assert.match(refusal ?? '', /effect has changed since it was shown/);
    }
  });

  test('and a deploy that is run again says what it deploys over', async () => {
    const action = 'Play of deploy';
    const situation = { ...situationOf(action, given), deployedMs: 1_800_000_000_000, others: [later] };
    for (const frontEnd of [commandLine, editor]) {
      const { text } = await frontEnd(action, situation, nothing);
      assert.match(
        text,
        /Pipeline #70 deployed b after this one \(.*\)\. This deploys a again; nodes that are not booted/,
      );
    }
  });
});

suite('the images of a group before a deploy', () => {
  const deploys = ['Play of deploy', 'retry of the pipeline whose deploy failed', 'retry of deploy'] as const;
  const given = { mapping: committed, list: lists.own, log: logs['of a known job'] };
  const situation = situationOf('Play of deploy', given);
  const rows = targetsOf(committed, '2.2');
  const [first = assert.fail(), ...others] = [...new Set(rows.map(({ functionalGroup }) => functionalGroup))];
  const lines = rows.filter(({ functionalGroup }) => functionalGroup === first).map(({ line }) => String(line + 1));
  const groupOf = (roles: readonly string[], name = 's3://b/r/f/', id = 'a', job: string | undefined = jobId) => ({
    id,
    jobId: job,
    images: roles.map((role) => ({ role, name })),
  });
  const listed = (...groups: readonly ReturnType<typeof groupOf>[]): ListedGroups => ({ kind: 'listed', groups });
  const all = [first, ...others];

  for (const [what, group, said] of [
    ['each role has one', listed(groupOf(all)), /Each role of the mapping file has an image in a\./],
    [
      'the group is found by its job',
      listed(groupOf(all, 's3://b/r/f/', 'other'), groupOf([])),
      /the BuildStreaM API lists no group/,
    ],
    [
      'the group is found by the name of its job in 2.2',
      listed(groupOf(all, 's3://b/r/f/', 'a', 'x')),
      /has an image in a\./,
    ],
    ['one has an empty name', listed(groupOf(all, '')), new RegExp(`found no image of the role ${first} in a`)],
    ['none are named', listed(groupOf([])), /The API names no images of a/],
    ['the group is not listed', listed(groupOf(all, '', 'b', 'x')), /lists no group that is certainly this one/],
    ['nobody has set the API up', { kind: 'no-api' }, /GitLab does not show it, and no BuildStreaM API is set up here/],
    ['the API fails', { kind: 'no-answer', why: [phrase('It is away.')] }, /did not report it\.[^]*It is away\./],
  ] as const) {
    for (const action of deploys) {
      test(`are told by both front ends: ${what}, ${action}`, async () => {
        for (const frontEnd of [commandLine, editor]) {
          const { text, told, orders, refusal } = await frontEnd(action, situationOf(action, given), nothing, group);
          assert.match(told, said);
          if (action === 'Play of deploy') assert.match(text, /The BMCs of these nodes have not been checked/);
          assert.deepEqual([orders.length, refusal], [1, undefined]);
        }
      });
    }
  }

  for (const action of deploys) {
    test(`with a role without one that is named with its rows, nothing is asked or ordered: ${action}`, async () => {
      for (const frontEnd of [commandLine, editor]) {
        const seen = await frontEnd(action, situationOf(action, given), nothing, listed(groupOf(others)));
        assert.deepEqual([seen.text, seen.orders], ['', []]);
        const problem = {
          kind: 'no-image',
          roles: [{ role: first, lines: lines.map((line) => Number(line) - 1) }],
          imageGroup: 'a',
        };
        assert.deepEqual(seen.problem, problem);
      }
    });

    test(`with a role without one nothing is sent, whoever asks: ${action}`, async () => {
      const server = new RecordingGitLab(situationOf(action, given));
      const imageGroups = () => Promise.resolve(listed(groupOf(others)));
      const prepared = await preparedOf(action, server, imageGroups);
      await assert.rejects(prepared.run({ writing: call, reading: call }), isUserError);
      assert.deepEqual(server.orders, []);
    });
  }

  test('the editor asks the BMCs only when it is wished, and asks again with their age', async () => {
    const server = new RecordingGitLab(situation);
    const open = { origin: 'https://gitlab.example', client: server.client, project: server.project };
    const model = { trees: new Map(), refresh: () => Promise.resolve() };
    const bmcs = new Map<string, BmcReading>();
    const asked: string[] = [];
    const askBmcs = (addresses: readonly string[]) => {
      asked.push(...addresses);
      for (const bmcIp of addresses) bmcs.set(bmcIp, { bmcIp, at: Date.now(), responds: true });
      return Promise.resolve();
    };
    const facts = { imageGroups: () => Promise.resolve(listed(groupOf(all))), bmcs, askBmcs, atOim, work };
    const session = { current: () => Promise.resolve(open) };
    const context = { session, model, facts: () => Promise.resolve(facts), ...editorParts };
    const tree = await loadTree(server.client, { projectId: 1, pipelineId: 1 }, call);
    const { deploy } = findDeployRun(tree) ?? {};
    assert.ok(deploy !== undefined);
    const texts: string[] = [];
    answers.modal = (_question, detail, [, acts, checkFirst]) => {
      texts.push(detail);
      return texts.length === 1 ? checkFirst : acts;
    };
    assert.ok(await confirmAndPlay(context as never, open, { rootId: 1, shown: deploy }));
    answers.modal = undefined;
    assert.match(texts[0] ?? '', /have not been checked/);
    assert.match(
      texts[1] ?? '',
      new RegExp(`${String(asked.length)} of ${String(asked.length)} BMCs responded 0 min ago`),
    );
    assert.equal(server.orders.length, 1);
  });

  test('one that is gone after the yes is not ordered', async () => {
    for (const frontEnd of [commandLine, editor]) {
      let given = listed(groupOf(all));
      const changing = {
        get kind() {
          return given.kind;
        },
        get groups() {
          return given.kind === 'listed' ? given.groups : [];
        },
      } as ListedGroups;
      const meanwhile = () => {
        given = listed(groupOf(others));
      };
      const { orders, refusal } = await frontEnd('Play of deploy', situation, meanwhile, changing);
      assert.deepEqual(orders, []);
      assert.match(refusal ?? '', /effect has changed since it was shown/);
    }
  });
});

suite('what is sent from either front end', () => {
  const given = { mapping: committed, list: lists.own, log: logs['of a known job'] };

  async function recorded(): Promise<Map<string, RunHistory>> {
    const runs = new Map<string, RunHistory>();
    for await (const file of readRuns(historyOf(actsFolder), thisMachine)) {
      if (file.kind === 'read') runs.set(file.file, file.run);
    }
    return runs;
  }

  for (const action of Object.keys(actions) as Action[]) {
    test(`is in the history with the same act, nodes and reasons: ${action}`, async () => {
      const before = await recorded();
      const told = [
        await commandLine(action, situationOf(action, given), () => undefined),
        await editor(action, situationOf(action, given), () => undefined),
      ];
      const runs = [...(await recorded())].flatMap(([file, run]) => (before.has(file) ? [] : [run]));
      const [one, other] = ['command line', 'editor'].map((program) =>
        runs.find(({ begun }) => begun.by.program === program),
      );
      assert.ok(runs.length === 2 && one !== undefined && other !== undefined);
      const what = ({ begun: { stage, backend, subject, imageGroup, plan, by }, nodes, end }: RunHistory) => {
        const { outcome, stopped, summary } = end ?? {};
        return { stage, backend, subject, imageGroup, plan, user: by.gitlabUser, nodes, outcome, stopped, summary };
      };
      assert.deepEqual(what(one), what(other));
      assert.equal(one.begun.by.gitlabUser, 'u');
      assert.equal(one.end?.outcome, 'succeeded');
      const touched = one.nodes.filter((node) => node.action === 'run').map(({ bmcIp, why }) => `${bmcIp} ${why}`);
      assert.deepEqual(
        told.map(({ nodes }) => nodes),
        [touched, touched],
      );
      for (const { begun } of [one, other]) {
        assert.equal(begun.answers.length, 1);
        assert.ok(begun.shown.some((line) => /^Other runs: none\. Checked: this computer, GitLab\.$/.test(line)));
        assert.ok(
          begun.shown.some((line) => line === 'Other runs: unknown for the management server (not signed in).'),
        );
      }
    });

    test(`is refused when a cadence has begun since the question, and that is in the history: ${action}`, async () => {
      const situation = situationOf(action, given);
      const meanwhile: Meanwhile = (server) => {
        server.situation = { ...situation, cadence: true };
      };
      for (const frontEnd of [commandLine, editor]) {
        const before = await recorded();
        const { orders, problem } = await frontEnd(action, situation, meanwhile);
        assert.deepEqual(orders, []);
        assert.equal((problem as { kind: string }).kind, 'cadence-runs');
        const [run] = [...(await recorded())].flatMap(([file, one]) => (before.has(file) ? [] : [one]));
        assert.deepEqual([run?.end?.outcome, run?.end?.stopped], ['failed', 'cadence-runs']);
      }
    });
  }
});
