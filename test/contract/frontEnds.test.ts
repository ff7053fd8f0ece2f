/**
 * What a stage touches is decided in one place: whatever the state of the project and of the management server, the
 * editor and the command line plan, send and refuse the same, and then order what was shown.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { Io } from '@omnia-buildstream/cli/io';
import { planDirectly } from '@omnia-buildstream/cli/plan/direct';
import { planOim } from '@omnia-buildstream/cli/run/oim/plan';
import type { DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import type { OimJob } from '@omnia-buildstream/oim/model/job';
import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { thisMachine } from '@omnia-buildstream/runner/machine';
import { planDirect } from '@omnia-buildstream/runner/restart';
import { head } from '../support/vscode/fakeVscode.ts';
import {
  committed,
  engineFiles,
  imageGroup,
  jobId,
  lists,
  mappings,
  oimJobOf,
  restartedByOim,
} from '../support/frontEnds/situations.ts';
import '../support/vscode/playedVscode.ts';

const { prepareOnOim } = await import('@omnia-buildstream/client/stages/oim/offerOimStage');
const { requestFile } = await import('@omnia-buildstream/client/stages/requestFiles');
const { projectTraces } = await import('@omnia-buildstream/client/stages/direct/projectTraces');

const root = path.resolve(import.meta.dirname, '../..');
const group = { id: imageGroup, status: 'DEPLOYED', jobId, images: [] };

/** What the management server knows about this job, and what the stage engine knows about its own runs. */
const states = {
  'nobody has restarted': { server: false, here: false },
  'Omnia has restarted': { server: true, here: false },
  'the engine has restarted': { server: false, here: true },
  'both have restarted': { server: true, here: true },
} as const;

/** A management server with one job; sending it anything fails. */
function serverWith(job: OimJob) {
  const nothing = () => Promise.reject(new Error('something was sent'));
  return {
    images: () => Promise.resolve([group]),
    job: () => Promise.resolve(job),
    startStage: nothing,
    nodeResults: () => Promise.resolve(undefined),
    upload: nothing,
  };
}

function addressesOf({ nodes }: Seen): string[] {
  return nodes.map((node) => node.split(' ')[0] ?? '');
}

interface Seen {
  /** BMC_IP and reason. */
  readonly nodes: readonly string[];
  readonly files: readonly string[];
  readonly restart: DecidedRestart | undefined;
}

suite('what a stage touches', () => {
  let folder: string;
  let io: Io;

  before(async () => {
    folder = await fs.mkdtemp(path.join(tmpdir(), 'front-ends-'));
    await fs.mkdir(path.join(folder, 'input'));
    await fs.mkdir(path.join(folder, 'miscellaneous'));
    await fs.writeFile(mappingFile(), committed);
    head.text = committed;
    const files = { ...thisMachine.fs, readFile: fs.readFile, stat: fs.stat };
    const git = () => Promise.resolve(committed);
    io = { ...thisMachine, fs: files, cwd: folder, env: {}, git } as Partial<Io> as Io;
  });
  after(() => fs.rm(folder, { recursive: true, force: true }));

  const mappingFile = (): string => path.join(folder, 'input/pxe_mapping_file.csv');

  async function arrange(list: string | undefined, mapping: string | undefined, here: boolean): Promise<void> {
    await put(path.join(folder, 'miscellaneous/failed_nodes.json'), list);
    await put(mappingFile(), mapping);
    const engine = path.join(folder, '.buildstream/restart');
    await fs.rm(engine, { recursive: true, force: true });
    if (!here) return;
    await fs.mkdir(engine, { recursive: true });
    for (const [name, text] of engineFiles()) await fs.writeFile(path.join(engine, name), text);
  }

  async function put(file: string, text: string | undefined): Promise<void> {
    if (text === undefined) await fs.rm(file, { force: true });
    else await fs.writeFile(file, text);
  }

  /** What `run STAGE --backend oim` shows and sends. */
  async function commandLine(stage: StageName, job: OimJob): Promise<Seen> {
    const client = serverWith(job);
    const options = { stages: [stage], image: 'G', job: undefined, mapping: undefined, version: undefined };
    const world = { io, signal: new AbortController().signal };
    const [planned] = (await planOim(client, { ...options, failed: undefined }, world)).stages;
    assert.ok(planned);
    return seen(planned);
  }

  /** What the editor shows and sends. */
  async function editor(stage: StageName, job: OimJob): Promise<Seen> {
    const about = { backend: 'oim', imageGroup: 'G', names: [], failed: false, checks: [] } as const;
    const request = { ...about, stage, mapping: mappingFile() };
    const { signal } = new AbortController();
    const { prepared } = await prepareOnOim({ tokens: {} } as never, serverWith(job), request, signal);
    refuseObstacles(prepared);
    return seen(prepared);
  }

  function seen({ restart, nodes, files }: StagePlan): Seen {
    const sent = files.map(({ name, content }) => `${name} ${Buffer.from(content).toString('utf8')}`);
    return { nodes: nodes.map(({ target, why }) => `${target.bmcIp} ${wordsOf(why)}`), files: sent, restart };
  }

  for (const [mappingName, mapping] of Object.entries(mappings)) {
    for (const [listName, list] of Object.entries(lists)) {
      for (const [stateName, { server, here }] of Object.entries(states)) {
        const situation = `mapping file ${mappingName}, list ${listName}, ${stateName}`;

        test(`is the same in both front ends: ${situation}`, async () => {
          await arrange(list, mapping, here);
          const job = oimJobOf(server);
          for (const stage of ['deploy', 'restart'] as const) {
            const refuses = mapping === undefined || (stage === 'restart' && listName === 'broken');
            if (refuses) {
              await assert.rejects(commandLine(stage, job));
              await assert.rejects(editor(stage, job));
              continue;
            }
            assert.deepEqual(await editor(stage, job), await commandLine(stage, job), stage);
          }
        });

        if (mapping === undefined) continue;
        test(`is what is restarted, in both front ends and by plan: ${situation}`, async () => {
          await arrange(list, mapping, here);
          const request = { mapping: undefined, failed: undefined, version: undefined, image: 'G', job: undefined };
          const { found, traces } = await directInEditor();
          if (listName === 'broken' && !here) {
            await assert.rejects(planDirectly(request, io));
            assert.throws(() => planDirect(traces, found));
            return;
          }
          assert.deepEqual(planDirect(traces, found), await planDirectly(request, io));
        });

        if (listName === 'broken') continue;
        test(`is what the management server restarts: ${situation}`, async () => {
          await arrange(list, mapping, here);
          const shown = await commandLine('restart', oimJobOf(server));
          const file = (name: string): string | undefined =>
            shown.files.find((one) => one.startsWith(`${name} `))?.slice(name.length + 1);
          const sent = { mapping: file('pxe_mapping_file.csv') ?? committed, list: file('failed_nodes.json') };
          const ordered = restartedByOim({ ...sent, hasRestarted: server });
          assert.ok(shown.restart);
          const isSent = shown.files.some((file) => file.startsWith('failed_nodes.json '));
          assert.equal(isSent, listName === 'own' || listName === 'without a job', 'whose list is sent');
          if (shown.restart.basis !== 'not-known') assert.deepEqual(ordered, addressesOf(shown));
          else assert.ok(ordered.every((bmcIp) => addressesOf(shown).includes(bmcIp)));
        });
      }
    }
  }

  /** The input from which the editor's own restart stage plans. */
  async function directInEditor() {
    const { lookAtState } = await import('@omnia-buildstream/runner/stateFolder');
    const { versionOf } = await import('@omnia-buildstream/runner/mappingVersion');
    const { CsvDocument } = await import('@omnia-buildstream/core/csv/document');
    const { uri, text } = await requestFile(mappingFile(), undefined as never);
    const version = versionOf(uri.fsPath, new CsvDocument(text));
    const input = { file: uri.fsPath, version, groups: undefined, imageGroup: 'G' };
    const omnia = await projectTraces(input as Parameters<typeof projectTraces>[0]);
    const found = await lookAtState({ folder: path.join(folder, '.buildstream/restart'), within: folder });
    return { found, traces: { file: uri.fsPath, text, version, imageGroup: 'G', omnia } };
  }
});

test('no code asks a stage for its name: what differs by stage stands in a table', () => {
  const folders = ['client/src/stages', 'client/src/nodes', 'packages/runner/src', 'packages/cli/src/run'];
  const asks = /\b(?:stage|prepared|definition)(?:\.(?:name|stage))?\s*[!=]==\s*'(?:deploy|restart|validate)'/;
  const found = folders
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }))
    .flatMap((file) => {
      const lines = readFileSync(path.join(root, file), 'utf8').split('\n');
      return lines.flatMap((line, index) => (asks.test(line) ? `${file}:${String(index + 1)}: ${line.trim()}` : []));
    });
  assert.deepEqual(found, []);
});
