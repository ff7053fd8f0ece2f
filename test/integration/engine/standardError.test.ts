import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { bundle, olderNode } from '../../support/cli/cliProcess.ts';
import { folderOf } from '../../support/cli/files.ts';
import { agreed, labPassword, labUser, quickLab, reportOf } from '../../support/lab.ts';

/** More nodes than the listeners that Node 20 allows on a signal. */
const size = 14;
const limitMs = 60_000;
const nodes = [
  ['Node 20', olderNode()],
  ['this Node', process.execPath],
] as const;

suite('standard error has nothing but what we say', () => {
  let lab: Lab;

  before(async () => {
    lab = await quickLab({ size, power: { offMs: 1, poweringOnMs: 1, bootMs: 1 }, reportPort: 0 });
  });
  after(() => lab.stop());

  for (const [name, node] of nodes) {
    test(
      `a fleet restarted at once, on ${name}`,
      { skip: node === undefined && `no ${name} is on the PATH` },
      async (context) => {
        const cwd = folderOf(context, { 'mapping.csv': lab.mappingFile, 'ca.pem': lab.ca });
        const how = ['--bmc-port', String(lab.port), '--ca', 'ca.pem', '--report', reportOf(lab)];
        const args = [
          'run',
          'restart',
          '--mapping',
          'mapping.csv',
          '--image',
          name,
          ...agreed,
          '--concurrency',
          String(size),
        ];
        const env = {
          PATH: path.dirname(process.execPath),
          BUILDSTREAM_BMC_USER: labUser,
          BUILDSTREAM_BMC_PASSWORD: labPassword,
        };
        const child = execFile(node ?? '', [bundle, ...args, ...how], { cwd, env, timeout: limitMs });
        let said = '';
        child.stderr?.on('data', (text: string) => (said += text));
        const [code] = (await once(child, 'close')) as [number | null];
        assert.equal(code, 0, said);
        const lines = said.split('\n').filter((line) => line !== '');
        assert.deepEqual(
          lines.filter((line) => !line.startsWith('booted  cn-')),
          [],
        );
        assert.equal(lines.length, size);
      },
    );
  }
});
