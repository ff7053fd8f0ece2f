import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import type { Client } from '@modelcontextprotocol/client';
import { folderOf } from '../../support/cli/files.ts';
import { cluster } from '../../support/cluster.ts';
import { labPassword, labUser, quickLab, reportOf } from '../../support/lab.ts';
import { callTool, connectClient, eras, planFor } from '../../support/mcp/connection.ts';
import { imageGroupId, startOimLab } from '../../support/oimLab.ts';
import { QuickClock } from '../../support/time/quickClock.ts';

const allowed = { changesAllowed: () => Promise.resolve(true) };
const place = 'input/pxe_mapping_file.csv';

/** BMCs of a control node and of two other nodes, and what `buildstream mcp` needs to work on them. */
async function bmcs(t: TestContext) {
  const lab = await quickLab({ size: 3, power: { offMs: 1, poweringOnMs: 1, bootMs: 1 }, reportPort: 0 });
  t.after(() => lab.stop());
  const cwd = folderOf(t, {
    [place]: lab.mappingFile,
    'ca.pem': lab.ca,
    'buildstream.yml': `report: ${reportOf(lab)}\n`,
  });
  const env = { BUILDSTREAM_BMC_USER: labUser, BUILDSTREAM_BMC_PASSWORD: labPassword };
  const nodes = lab.bmcs.map(({ node }) => node);
  return {
    nodes,
    /** Arguments for all nodes except the control node. */
    given: { stage: 'restart', backend: 'direct', image: 'G', nodes: nodes.slice(1).map(({ hostname }) => hostname) },
    world: { cwd, env, clock: new QuickClock(), ...allowed },
    args: ['--bmc-port', String(lab.port), '--bmc-ca', 'ca.pem'],
    change: () => {
      writeFileSync(path.join(cwd, place), lab.mappingFile.replaceAll('cn-00002', 'cn-00009'));
    },
    asked: () => lab.bmcs.map(({ record }) => record.requests.length),
    resets: () => lab.bmcs.map(({ record }) => record.resetsCarriedOut),
  };
}

/** The API of a management server with one image group, and what `buildstream mcp` needs to work on it. */
async function managementServer(t: TestContext) {
  const lab = await startOimLab();
  t.after(() => lab.stop());
  lab.work.scripts.deploy = { durationMs: 0 };
  const cwd = folderOf(t, {
    [place]: cluster,
    'input/network_spec.yml': 'Networks: []\n',
    'ca.pem': lab.certificate.cert,
  });
  const env = { BSM_CLIENT_ID: lab.credential.id, BSM_CLIENT_SECRET: lab.credential.reveal() };
  return {
    lab,
    given: { stage: 'deploy', backend: 'oim', image: imageGroupId },
    world: { cwd, env, clock: new QuickClock(), ...allowed },
    args: ['--api', lab.server.origin, '--api-ca', 'ca.pem'],
    ordered: () => lab.oim.begun.length,
    written: () => lab.server.seen.filter((line) => !line.startsWith('GET') && !line.includes('/auth/')),
  };
}

/** The second call, with the plan of the first. */
async function carryOut(client: Client, name: string, given: Record<string, unknown>) {
  return callTool(client, name, { ...given, plan: await planFor(client, name, given) });
}

/** Gives the same answer to every question and records the questions. `first` runs while a question is open. */
function person(said: 'yes' | 'no', first: () => void = () => undefined) {
  const questions: string[] = [];
  return {
    questions,
    answer: (question: string): 'yes' | 'no' => {
      questions.push(question);
      first();
      return said;
    },
  };
}

test('power: the BMCs of the named nodes are asked, and nothing else is done', async (t) => {
  const { world, args, nodes, asked, resets } = await bmcs(t);
  const client = await connectClient(t, { ...world, changesAllowed: () => Promise.resolve(false) }, { args });
  const told = await callTool(client, 'power_state', { nodes: [nodes[1]?.hostname ?? ''] });
  assert.match(told.text, /"hostname": "cn-00002",\s+"bmcIp": "[\d.]+",\s+"power": "On"/);
  const before = asked();
  assert.deepEqual([before[0], before[2], resets()], [0, 0, [0, 0, 0]]);
  assert.ok((await callTool(client, 'power_state', { nodes: ['nobody'] })).isError);
  assert.deepEqual(asked(), before);
});

for (const [name, era] of Object.entries(eras)) {
  suite(`stages over the protocol ${name}`, () => {
    test('a restart from here: no BMC is asked before the yes, then the nodes of the question restart, once', async (t) => {
      const { world, args, given, asked, resets } = await bmcs(t);
      const atTheBmcs: number[][] = [];
      const { questions, answer } = person('yes', () => atTheBmcs.push(asked()));
      const client = await connectClient(t, world, { era, args, person: answer });
      const plan = await planFor(client, 'run_stage', given);
      const told = await callTool(client, 'run_stage', { ...given, plan });
      assert.match(told.text, /2 booted, 0 failed, 0 not tried/);
      assert.deepEqual([atTheBmcs, resets()], [[[0, 0, 0]], [0, 1, 1]]);
      assert.match(
        questions.join(),
        /^Run the restart stage from this computer\? It touches 2 nodes:\n- cn-00002 \([\d.]+\)\n- cn-00003 \([\d.]+\)\n\n/,
      );
      assert.doesNotMatch(questions.join(), /--plan|Digest/);
      assert.match((await callTool(client, 'run_stage', { ...given, plan })).text, /no such plan/);
      assert.deepEqual(resets(), [0, 1, 1]);
    });

    test('a no, a plan that no longer holds, a control node, other arguments: no BMC is asked', async (t) => {
      const { world, args, given, asked, change } = await bmcs(t);
      const no = await connectClient(t, world, { era, args, person: person('no').answer });
      assert.match((await carryOut(no, 'run_stage', given)).text, /said no/);
      const client = await connectClient(t, world, { era, args, person: person('yes', change).answer });
      const plan = await planFor(client, 'run_stage', given);
      const more = await callTool(client, 'run_stage', { ...given, failed: true, plan });
      assert.match(more.text, /another tool or other arguments/);
      const all = await callTool(client, 'run_stage', { ...given, nodes: undefined });
      assert.match(all.text, /no tool restarts control nodes.*cn-00001/s);
      const stale = await callTool(client, 'run_stage', { ...given, plan });
      assert.match(stale.text, /cn-00002|another plan/);
      assert.ok(more.isError && all.isError && stale.isError);
      assert.deepEqual(asked(), [0, 0, 0]);
    });

    test('a stage of the management server: asked with its nodes and the files that are sent, ordered once', async (t) => {
      const { world, args, given, ordered, written } = await managementServer(t);
      const no = await connectClient(t, world, { era, args, person: person('no').answer });
      assert.match((await carryOut(no, 'run_stage', given)).text, /said no/);
      assert.deepEqual([ordered(), written()], [0, []]);
      const { questions, answer } = person('yes');
      const client = await connectClient(t, world, { era, args, person: answer });
      const told = await carryOut(client, 'run_stage', given);
      assert.ok(!told.isError, told.text);
      assert.equal(ordered(), 1);
      assert.match(
        questions.join(),
        /^Run the deploy stage on the management server\? It touches \d+ nodes:\n- kcp1 \(10\.6\.0\.11\)\n/,
      );
      assert.match(questions.join(), /Uploads network_spec\.yml, pxe_mapping_file\.csv/);
    });
  });
}

test('tests from here: what is contacted is asked first, and no BMC is', async (t) => {
  const { world, args, given, nodes, asked } = await bmcs(t);
  writeFileSync(
    path.join(world.cwd, 'hosts'),
    nodes.map(({ hostname, adminIp }) => `${adminIp} ${hostname}\n`).join(''),
  );
  writeFileSync(path.join(world.cwd, 'buildstream.yml'), 'hostsFile: hosts\nlimits: { up: 1 }\n');
  const { questions, answer } = person('yes');
  const client = await connectClient(t, world, { args, person: answer });
  const told = await carryOut(client, 'run_stage', { ...given, stage: 'validate' });
  assert.match(questions.join(), /Read-only\. Connects to:.*ssh +port 22 +2 +127\.\d+\.1\.2, 127\.\d+\.1\.3/s);
  assert.match(told.text, /FAILED: 2 passed, 4 failed/);
  assert.deepEqual(asked(), [0, 0, 0]);
});

test('what a stage needs and does not have is told, and no plan is made', async (t) => {
  const { world, args, given } = await bmcs(t);
  const client = await connectClient(t, world, { args, person: person('yes').answer });
  for (const [what, words] of [
    [{ stage: 'deploy', nodes: undefined }, /Name the list of image groups/],
    [{ backend: 'oim', nodes: undefined }, /Name the BuildStreaM API/],
    [{ stage: 'deploy' }, /takes all nodes/],
    [{ stage: 'validate', failed: true }, /takes all nodes/],
    [{ backend: 'oim' }, /takes all nodes/],
    [{ nodes: ['nobody'] }, /nobody/],
  ] as const) {
    const told = await callTool(client, 'run_stage', { ...given, ...what });
    assert.match(told.text, words);
    assert.ok(told.isError);
    assert.doesNotMatch(told.text, /and plan "/);
  }
});
