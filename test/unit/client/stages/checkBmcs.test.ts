import assert from 'node:assert/strict';
import { beforeEach, suite, test } from 'node:test';
import type { BmcReading } from '@omnia-buildstream/runner/oim/reachability';
import { answers, notified, shown } from '../../../support/vscode/fakeVscode.ts';
import '../../../support/vscode/playedVscode.ts';

const { checkBmcs } = await import('@omnia-buildstream/client/stages/bmc/checkBmcs');

/** The BMC address of a row, without the blank in its cell. */
const address = (row: number): string => `10.6.${String(Math.floor(row / 250))}.${String((row % 250) + 1)}`;

/** The BMCs that are contacted if a file has this many nodes, of which the given rows do not respond. */
async function check(rows: number, silent: readonly number[]): Promise<readonly string[]> {
  const nodes = Array.from({ length: rows }, (_, row) => ({
    bmcIp: ` ${address(row)}`,
    hostname: `cn-${String(row)}`,
    row,
  }));
  const asked: string[] = [];
  const bmcs = new Map<string, BmcReading>();
  const askBmcs = (addresses: readonly string[]) => {
    asked.push(...addresses);
    const isSilent = (bmcIp: string): boolean => silent.some((row) => address(row) === bmcIp);
    for (const bmcIp of addresses) bmcs.set(bmcIp, { bmcIp, at: 0, responds: !isSilent(bmcIp) });
    return Promise.resolve();
  };
  const context = { nodes: { refresh: () => Promise.resolve({ nodes }) } };
  await checkBmcs(context as never, { bmcs, askBmcs } as never);
  return asked;
}

suite('Check Connections at BMCs', () => {
  const questions: string[] = [];
  beforeEach(() => {
    questions.length = 0;
    shown.length = 0;
    notified.length = 0;
    answers.modal = (question, detail, [button]) => {
      questions.push(`${question} ${detail}`);
      return button;
    };
  });

  test('asks all of a few, and tells how many respond', async () => {
    assert.deepEqual(await check(3, []), [address(0), address(1), address(2)]);
    assert.match(questions.join(), /10\.6\.0\.1[^]*without logging in/);
    assert.match(notified.map(({ message }) => message).join(), /3/);
    assert.deepEqual(shown, []);
  });

  test('asks sixteen of a thousand, from all over the file, and warns of those that are silent', async () => {
    const asked = await check(1_000, [0]);
    assert.equal(asked.length, 16);
    assert.ok(asked.includes(address(0)) && asked.includes(address(937)));
    assert.match(questions.join(), /16 of 1000/);
    assert.match(shown.join(), /cn-0/);
  });

  test('asks nobody whom the user did not agree to, and nobody where no row has a BMC', async () => {
    answers.modal = () => undefined;
    assert.deepEqual(await check(3, []), []);
    assert.deepEqual(await check(0, []), []);
    assert.match(notified.map(({ message }) => message).join(), /BMC_IP/);
  });
});
