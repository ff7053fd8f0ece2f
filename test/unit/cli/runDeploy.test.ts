import { phrase } from '@omnia-buildstream/core/text/phrase';
import { filesTexts } from '@omnia-buildstream/provision/files/filesTexts';
import { isUserError } from '@omnia-buildstream/core/errors/userError';
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Io } from '@omnia-buildstream/cli/io';
import { chooseImage } from '@omnia-buildstream/cli/run/deploy/chooseImage';
import { parseDeployOptions } from '@omnia-buildstream/cli/run/deploy/options';
import { deployPlanText, deploySummaryText } from '@omnia-buildstream/cli/run/deploy/text';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import { imageFor, planOf } from '../../support/deploy/deployWorld.ts';

const group = (id: string): ImageGroup => ({
  id,
  jobId: undefined,
  status: 'BUILT',
  images: [imageFor('slurm_node_x86_64')],
});
const groups = [group('new'), group('2')];

/** A terminal at which this is typed. Undefined if there is no terminal. */
async function choose(typed: string | undefined, name?: string): Promise<{ id: string; shown: string }> {
  let shown = '';
  const stdout = {
    isTerminal: false,
    isClosed: false,
    write: (text: string) => {
      shown += text;
      return Promise.resolve();
    },
  };
  const io = { stdout, ask: () => Promise.resolve(typed) } as Partial<Io> as Io;
  const { id } = await chooseImage(name, { list: () => Promise.resolve(groups) }, stdout, io);
  return { id, shown };
}

suite('choosing an image group', () => {
  test('shows the groups with their status and roles, and takes a number or a name', async () => {
    const { id, shown } = await choose('1');
    assert.equal(id, 'new');
    assert.match(shown, /1 +new +BUILT +slurm_node_x86_64/);
    assert.equal((await choose('2')).id, '2');
    assert.equal((await choose('new')).id, 'new');
  });

  test('asks nobody when it is named', async () => {
    assert.deepEqual(await choose(undefined, '2'), { id: '2', shown: '' });
  });

  for (const [typed, name, message] of [
    [undefined, undefined, /--image/],
    ['', undefined, /Nothing was changed/],
    ['7', undefined, /no image group 7\. There are: 2 \(.*new /],
    [undefined, 'old', /no image group old/],
  ] as const) {
    test(`refuses ${typed ?? 'no terminal'} and ${name ?? 'no name'}`, async () => {
      await assert.rejects(choose(typed, name), (error) => isUserError(error) && message.test(error.message));
    });
  }
});

suite('arguments of run deploy', () => {
  test('check all BMCs unless told otherwise', () => {
    assert.deepEqual(parseDeployOptions([]).bmcCheck, { kind: 'all' });
    assert.deepEqual(parseDeployOptions(['--bmcs', 'none']).bmcCheck, { kind: 'none' });
    assert.deepEqual(parseDeployOptions(['--bmcs', 'a,b']).bmcCheck, { kind: 'only', hostnames: ['a', 'b'] });
  });

  test('name a folder with any characters, or an https server', () => {
    assert.deepEqual(parseDeployOptions(['--provision', 'files:C:/boot']).provision, {
      kind: 'files',
      folder: 'C:/boot',
    });
    const { provision } = parseDeployOptions(['--provision', 'openchami:https://10.5.0.1:8443/x']);
    assert.ok(provision?.kind === 'openchami' && provision.server.port === '8443');
  });

  for (const args of [
    ['--provision', 'files:'],
    ['--provision', 'ftp:x'],
    ['--provision', 'openchami:http://10.5.0.1'],
    ['--provision', 'openchami:https://user:secret@10.5.0.1'],
    ['--bmcs', ','],
    ['--kernel-url', 'http://a/k'],
    ['--kernel-url', '{host}', '--initrd-url', 'i'],
    ['--pin', '10.6.*=12'],
    ['--format', 'json'],
    ['node1'],
  ]) {
    test(`refuse ${args.join(' ')} without repeating a secret`, () => {
      assert.throws(
        () => parseDeployOptions(args),
        (error) => isUserError(error) && !error.message.includes('secret'),
      );
    });
  }
});

suite('what people read', () => {
  test('is every node with its image, what goes away and what is not checked', () => {
    const text = deployPlanText(planOf(), {
      target: phrase(filesTexts.name, { folder: '/b' }),
      outdated: ['x.ipxe (cn-9)'],
      notes: [phrase(filesTexts.noProgram, { folder: '/b', program: 'snponly.efi', count: 2 })],
      bmcCheck: { kind: 'none' },
    });
    assert.match(text, /Image group G: 5 of 5 nodes can be deployed\. Files in \/b\./);
    assert.match(text, /^! \/b does not contain snponly\.efi, .*: 2$/m);
    assert.match(text, /cn-001 +slurm_node_x86_64 +04:00:00:00:01:04 +10\.5\.0\.14 +slurm_node_x86_64-image/);
    assert.match(text, /Removed.*x\.ipxe \(cn-9\)/);
    assert.match(text, /No BMC is checked/);
  });

  test('says in the end that nothing was changed when the checks found something', () => {
    const counts = { created: 0, updated: 0, unchanged: 0, failed: 0, notTried: 5, durationMs: 900 };
    const text = deploySummaryText({ outcome: 'preflight-failed', ...counts, findings: 1 });
    assert.match(text, /Nothing was changed: 1 problem has to be corrected first/);
  });
});
