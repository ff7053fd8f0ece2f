import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { RestartLog, type ToldNode } from '@omnia-buildstream/gitlab/trace/restartLog';
import { fc } from '../../support/properties/fastCheck.ts';

function read(...lines: readonly string[]): RestartLog {
  const log = new RestartLog();
  for (const line of lines) log.read(line);
  return log;
}

function told(log: RestartLog): string[] {
  return [...log.nodes.values()].map(({ name, phase, said }) => [name, phase, said].filter(Boolean).join(' '));
}

/** The output of set_pxe_boot.yml of 2.2 with Ansible's default callback, for jobs that show it. */
const playbook = [
  'PLAY [Reboot Host via PXE] *****************************************************',
  'TASK [idrac_pxe_boot : Show status of the Lifecycle Controller] ****************',
  'ok: [172.17.107.1]',
  'ok: [172.17.107.2]',
  'fatal: [172.17.107.3]: FAILED! => {"attempts": 3, "changed": false, "msg": "Unable to reach \\"172.17.107.3\\""}',
  'TASK [idrac_pxe_boot : Set boot option from pxe] *******************************',
  'changed: [172.17.107.1]',
  'fatal: [172.17.107.2]: FAILED! => {"changed": false, "msg": "refused"}',
  '...ignoring',
  'TASK [idrac_pxe_boot : Try ForceRestart] ***************************************',
  'changed: [172.17.107.1]',
];

suite('the log of a restart', () => {
  test("of Omnia's own jobs tells how the stage stands, and nothing of single nodes", () => {
    const log = read(
      '  RESTART STAGE',
      '  Job ID:         018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10',
      '  [OK] Restart request accepted',
      '  [Poll 1/300] Job: RUNNING | Restart: PENDING',
      '  [Poll 2/300] HTTP 502 - retrying...',
      '  [Poll 12/300] Job: RUNNING | Restart: IN_PROGRESS',
    );
    assert.deepEqual(log.stage, { state: 'IN_PROGRESS', look: 12, most: 300 });
    assert.deepEqual(told(log), []);
  });

  test('with the output of the playbook tells each node with its task, and what it failed of', () => {
    assert.deepEqual(told(read(...playbook)), [
      '172.17.107.1 running Try ForceRestart',
      '172.17.107.2 running Set boot option from pxe',
      '172.17.107.3 failed Unable to reach "172.17.107.3"',
    ]);
  });

  test('a task that goes on after a failure was not the end of its node; the recap has the last word', () => {
    const rescued = [
      'TASK [Look] ***',
      'failed: [localhost] (item=nid002) => {"msg": "no answer"}',
      'failed: [localhost] (item=nid003)',
      'TASK [Look again] ***',
      'ok: [localhost] => (item=nid002)',
    ];
    assert.deepEqual(told(read(...rescued)), ['nid002 running Look again', 'nid003 failed Look']);
    const recap = (failed: number, unreachable: number): string =>
      `172.17.107.3               : ok=3    changed=1    unreachable=${String(unreachable)}    failed=${String(failed)}    skipped=4    rescued=1    ignored=0`;
    assert.match(told(read(...playbook, recap(0, 0)))[2] ?? '', /^172\.17\.107\.3 running/);
    assert.match(told(read(...playbook, recap(0, 1)))[2] ?? '', /^172\.17\.107\.3 failed/);
    assert.deepEqual(told(read('TASK [A] ***', 'ok: [172.17.107.3]', recap(1, 0))), ['172.17.107.3 failed A']);
  });

  test('which nodes have not called home yet is what the run waits for', () => {
    const log = read(
      '    "stdout_lines": [',
      '        "✅ Phone-home confirmed: 172.16.107.1",',
      '        "⏳ Still waiting for phone-home: 172.16.107.2"',
    );
    assert.deepEqual(told(log), ['172.16.107.1 booted', '172.16.107.2 awaited']);
    log.read('        "✅ Phone-home confirmed: 172.16.107.2"');
    assert.deepEqual(told(log), ['172.16.107.1 booted', '172.16.107.2 booted']);
  });

  test('a summary that lists nodes is believed below its title only', () => {
    const rows = ['  slurm-node1  OK  booted', '  slurm-node4  FAILED  iDRAC is not ready'];
    assert.deepEqual(told(read(...rows)), []);
    assert.deepEqual(told(read('  Node Restart Results:', '  Host   Status   Detail', ...rows)), [
      'slurm-node1 booted',
      'slurm-node4 failed iDRAC is not ready',
    ]);
    assert.deepEqual(told(read('fail: [FAILED] 10.5.0.7 no response, [FAILED] 10.5.0.8 off')), [
      '10.5.0.7 failed',
      '10.5.0.8 failed',
    ]);
  });

  test('each step is told once, with the time of its line', () => {
    const steps: ToldNode[] = [];
    const log = new RestartLog((node) => steps.push(node));
    log.read('TASK [A] ***', 1_000);
    log.read('ok: [n1]', 2_000);
    log.read('ok: [n1]', 3_000);
    log.read('TASK [B] ***', 4_000);
    log.read('fatal: [n1]: UNREACHABLE! => {"msg": "away"}', 5_000);
    assert.deepEqual(
      steps.map(({ name, phase, said, atMs }) => [name, phase, said, atMs]),
      [
        ['n1', 'running', 'A', 2_000],
        ['n1', 'failed', 'away', 5_000],
      ],
    );
  });

  test('any text is read without an end, and told of as many nodes as there may be', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(...playbook))), (lines) => {
        const log = read(...lines);
        for (const [name, node] of log.nodes) assert.equal(node.name, name);
      }),
    );
    const log = new RestartLog();
    for (let n = 0; n < 30_000; n += 1) log.read(`ok: [n${String(n)}]`);
    assert.ok(log.nodes.size <= 20_000);
  });
});
