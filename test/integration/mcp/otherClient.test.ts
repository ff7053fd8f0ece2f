import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMCPClient, ElicitationRequestSchema } from '@ai-sdk/mcp';
import { ProtocolError } from '@modelcontextprotocol/client';
import { readTools } from '@omnia-buildstream/tools/table/readTools';
import { writeTools } from '@omnia-buildstream/tools/table/writeTools';
import { fc } from '../../support/properties/fastCheck.ts';
import { folderOf } from '../../support/cli/files.ts';
import { cluster } from '../../support/cluster.ts';
import { callTool, connectClient, startServer } from '../../support/mcp/connection.ts';
import { QuickClock } from '../../support/time/quickClock.ts';

const place = 'input/pxe_mapping_file.csv';
/** Blanks around a cell have exactly one correct repair. */
const broken = cluster.replace('cn-001', ' cn-001 ');
const writes = Object.keys(writeTools);

/** A folder without servers, in which changes are allowed. */
function projectOf(t: Parameters<typeof folderOf>[0]) {
  const cwd = folderOf(t, { [place]: broken });
  return { cwd, clock: new QuickClock(), changesAllowed: () => Promise.resolve(true) };
}

/** Arguments for each tool that makes changes, and what its first call says in a folder without servers. */
const calls: Readonly<Record<keyof typeof writeTools, readonly [Record<string, unknown>, RegExp]>> = {
  fix_mapping: [{}, /this is the plan, and nothing was changed/],
  mark_booted: [{ nodes: ['cn-001'] }, /give --server and --project/],
  retry_failed: [{ pipeline: 7 }, /give --server and --project/],
  play_deploy: [{ pipeline: 7 }, /give --server and --project/],
  run_stage: [{ stage: 'restart', backend: 'direct', image: 'G' }, /no tool restarts control nodes/],
};

test('a client of npm that is not the SDK: lists and calls each tool that changes something, and asks its person', async (t) => {
  const { transport } = startServer(t, projectOf(t));
  const client = await createMCPClient({ transport, capabilities: { elicitation: {} } });
  const questions: string[] = [];
  client.onElicitationRequest(ElicitationRequestSchema, ({ params }) => {
    questions.push(params.message);
    return { action: 'accept', content: { confirm: true } };
  });
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map(({ name }) => name).sort(), [...Object.keys(readTools), ...writes].sort());
  const say = async (name: string, given: Record<string, unknown>): Promise<string> => {
    const { content } = await client.callTool({ name, arguments: given });
    return JSON.stringify(content);
  };
  for (const [name, [given, words]] of Object.entries(calls)) assert.match(await say(name, given), words, name);
  assert.deepEqual(questions, []);
  const plan = /plan \\+"([^"\\]+)/.exec(await say('fix_mapping', {}))?.[1] ?? '';
  assert.match(await say('fix_mapping', { plan }), /was repaired/);
  assert.match(questions.join(), /^Repair the mapping file\?/);
  await client.close();
});

test('any arguments of tools that change something give an answer or an error, ask nobody and change nothing', async (t) => {
  const world = projectOf(t);
  const asked: string[] = [];
  const client = await connectClient(t, world, { person: (question) => (asked.push(question), 'yes') });
  const value = fc.oneof(
    fc.constantFrom('../x.csv', '/etc/passwd', '.', 'a\nb', '--yes', '--plan=0', 'restart', 'direct', 'oim', 'cn-001'),
    fc.constantFrom(['cn-001'], ['--yes'], ['a,b'], [], true, 1, -1, 2 ** 53),
    fc.jsonValue(),
  );
  const keys = ['file', 'nodes', 'pipeline', 'job', 'stage', 'backend', 'image', 'failed', 'plan', '__proto__'];
  const made = fc.dictionary(fc.constantFrom(...keys), value);
  const given = fc.tuple(fc.constantFrom(...writes), fc.boolean(), made);
  await fc.assert(
    fc.asyncProperty(given, async ([name, isWhole, one]) => {
      const usual = isWhole ? (calls[name as keyof typeof calls][0] as object) : {};
      const { blocks } = await callTool(client, name, { ...usual, ...one }).catch((error: unknown) => {
        assert.ok(error instanceof ProtocolError, String(error));
        return { blocks: [error.message] };
      });
      assert.ok(blocks.length > 0);
      assert.doesNotMatch(blocks.join(''), /root:x:|mistake in buildstream|carried out|was repaired/);
    }),
    { numRuns: 200 },
  );
  assert.deepEqual(asked, []);
  assert.match((await callTool(client, 'explain_rule', { rule: 'dup-hostname' })).text, /Duplicate hostname/);
});
