/**
 * `plan`, `run restart --dry-run`, `run restart` and `run all` name the same nodes for the same reasons, whatever the
 * state of the project, and whether the stage runs from here or on the management server.
 */
import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { planOim } from '@omnia-buildstream/cli/run/oim/plan';
import type { Io } from '@omnia-buildstream/cli/io';
import { thisMachine } from '@omnia-buildstream/runner/machine';
import { runCli, type Ran } from '../support/cli/runCli.ts';
import {
  committed,
  engineFiles,
  imageGroup,
  jobId,
  lists,
  mappings,
  oimJobOf,
} from '../support/frontEnds/situations.ts';

const images = JSON.stringify({
  image_groups: [{ image_group_id: imageGroup, images: imagesOf(committed) }],
});

function imagesOf(mapping: string): object[] {
  const roles = new Set(
    mapping
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[0] ?? ''),
  );
  return [...roles].map((role) => ({ role, image_name: role, kernel: 'http://x/vmlinuz', initrd: 'http://x/initrd' }));
}

/** `10.6.0.11 new in the mapping file`, in the order of the tables of a plan. */
function nodesIn({ stdout }: Ran): string[] {
  return stdout.split('\n').flatMap((line) => {
    const [, bmcIp, why] = /^\S+ +\S+ +([\d.]+) {2,}(\S.*)$/.exec(line) ?? [];
    return bmcIp === undefined ? [] : [`${bmcIp} ${why?.trim() ?? ''}`];
  });
}

suite('what is named', () => {
  let folder: string;
  before(async () => {
    folder = await fs.mkdtemp(path.join(tmpdir(), 'same-plan-'));
    for (const part of ['input', 'miscellaneous']) await fs.mkdir(path.join(folder, part));
    await fs.writeFile(path.join(folder, 'images.json'), images);
  });
  after(() => fs.rm(folder, { recursive: true, force: true }));

  async function put(file: string, text: string | undefined): Promise<void> {
    if (text === undefined) await fs.rm(path.join(folder, file), { force: true });
    else await fs.writeFile(path.join(folder, file), text);
  }

  async function arrange(list: string | undefined, mapping: string, hasRun: boolean): Promise<void> {
    await put('miscellaneous/failed_nodes.json', list);
    await put('input/pxe_mapping_file.csv', mapping);
    for (const state of ['.buildstream/restart', 'all/restart']) {
      await fs.rm(path.join(folder, state), { recursive: true, force: true });
      if (!hasRun) continue;
      await fs.mkdir(path.join(folder, state), { recursive: true });
      for (const [name, text] of engineFiles()) await put(path.join(state, name), text);
    }
  }

  const heads = { 'with git': committed, 'without git': undefined } as const;
  for (const [mappingName, mapping] of Object.entries(mappings)) {
    if (mapping === undefined) continue;
    for (const [listName, list] of Object.entries(lists)) {
      for (const hasRun of [true, false]) {
        for (const [headName, head] of Object.entries(heads)) {
          const ranBefore = hasRun ? 'after a run' : 'before any run';
          test(`is the same from here: mapping file ${mappingName}, list ${listName}, ${ranBefore}, ${headName}`, async () => {
            await arrange(list, mapping, hasRun);
            const world = { cwd: folder, git: () => Promise.resolve(head), answer: 'n' };
            const command = (...args: string[]): Promise<Ran> => runCli([...args, '--image', imageGroup], world);
            const planned = await command('plan');
            const dry = await command('run', 'restart', '--dry-run');
            const asked = await command('run', 'restart');
            const all = await command(
              ...['run', 'all', '--dry-run', '--state', 'all'],
              ...['--images', 'images.json', '--provision', 'files:boot'],
            );
            const refuses = listName === 'broken' && !hasRun;
            for (const ran of [planned, dry, all]) assert.equal(ran.code, refuses ? 2 : 0, ran.output);
            const named = nodesIn(planned);
            assert.equal(named.length > 0, !refuses);
            assert.deepEqual(nodesIn(dry), named);
            if (hasRun) assert.deepEqual(nodesIn(await command('plan', '--state', 'all/restart')), named);
            assert.deepEqual(nodesIn(asked), named);
            const [, restart = ''] = all.stdout.split('== 2. restart ==');
            assert.deepEqual(nodesIn({ ...all, stdout: restart.split('== 3.')[0] ?? '' }), named);
          });
        }
      }

      if (listName === 'broken') continue;
      for (const hasRestarted of [true, false]) {
        test(`is the same on the management server: mapping file ${mappingName}, list ${listName}, restarted: ${String(hasRestarted)}`, async () => {
          await arrange(list, mapping, false);
          const io = {
            ...thisMachine,
            cwd: folder,
            env: {},
            git: () => Promise.resolve(committed),
            fs,
          } as Partial<Io> as Io;
          const nothing = () => Promise.reject(new Error('something was sent'));
          const group = { id: imageGroup, status: 'DEPLOYED', jobId, images: [] };
          const client = {
            images: () => Promise.resolve([group]),
            job: () => Promise.resolve(oimJobOf(hasRestarted)),
            startStage: nothing,
            nodeResults: () => Promise.resolve(undefined),
            upload: nothing,
          };
          const named = async (isPreview: boolean, ...stages: ('deploy' | 'restart' | 'validate')[]) => {
            const asked = { stages, image: imageGroup, job: undefined, mapping: undefined, failed: undefined };
            const world = { io, signal: new AbortController().signal };
            const plan = await planOim(client, { ...asked, version: undefined, isPreview }, world);
            return plan.stages.find(({ stage }) => stage === 'restart')?.nodes;
          };
          const planned = await named(true, 'restart');
          assert.ok(planned !== undefined);
          assert.deepEqual(await named(false, 'restart'), planned, 'run restart');
          assert.deepEqual(await named(false, 'deploy', 'restart', 'validate'), planned, 'run all');
        });
      }
    }
  }
});
