import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { defaultRestartSettings } from '@omnia-buildstream/engine/restart/settings';
import { FileStateStore } from '@omnia-buildstream/engine/state/fileStateStore';
import { thisMachine } from '@omnia-buildstream/runner/machine';
import { prepareRestart, type PreparedRestart } from '@omnia-buildstream/runner/restart';
import { MemoryFs } from '../../support/engine/memoryFs.ts';
import { answers } from '../../support/vscode/fakeVscode.ts';
import '../../support/vscode/playedVscode.ts';

const { confirmStage } = await import('@omnia-buildstream/client/stages/session/confirmStage');
const { offerOf } = await import('@omnia-buildstream/client/stages/direct/restartOffer');

const header =
  'FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,PARENT_SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP';

function rowOf(n: number, role: string): string {
  const end = n.toString(16).padStart(2, '0');
  const macs = [`04:00:00:00:01:${end}`, `04:00:00:00:02:${end}`] as const;
  const names = [role, 'grp1', `AAAA${end.toUpperCase()}1`, '', `cn-${String(n)}`];
  return [...names, macs[0], `10.5.0.${String(n)}`, macs[1], `10.6.0.${String(n)}`].join(',');
}

async function prepared(count: number, first = 'slurm_node_x86_64'): Promise<PreparedRestart> {
  const fs = new MemoryFs().view(() => true);
  const state = await FileStateStore.open({ folder: '/state' }, fs, thisMachine.processes);
  const text = [
    header,
    ...Array.from({ length: count }, (_, index) => rowOf(index + 1, index === 0 ? first : 'slurm_node_x86_64')),
    '',
  ].join('\n');
  const settings = {
    ...defaultRestartSettings,
    rollout: { ...defaultRestartSettings.rollout, canary: 'auto' as const },
  };
  const plan = { file: '', text, version: '2.2' as const, imageGroup: 'G', omnia: undefined, jobId: undefined };
  const selection = { names: [], failed: false, shard: undefined };
  return prepareRestart({
    ...plan,
    selection,
    state,
    settings,
    report: { kind: 'tcp', port: 22 },
    workload: undefined,
  });
}

const plan = { nodes: [], restart: undefined, asks: true };
const showPage = (): Promise<void> => Promise.resolve();

suite('the question before a restart in the editor', () => {
  test('from fifty nodes on it offers that some go first, and all at once', async () => {
    const offer = offerOf(await prepared(50), defaultRestartSettings);
    assert.equal(offer.button, 'PXE-Boot 3 Nodes First');
    const [atOnce] = offer.others;
    assert.deepEqual([offer.others.length, atOnce?.button], [1, 'PXE-Boot All 50 at Once']);
    assert.match(offer.notes.join('\n'), /Restarted first \(3\): /);
    assert.doesNotMatch(atOnce?.notes.join('\n') ?? '', /go first/);
    assert.notEqual(
      atOnce?.prepared.identity,
      offer.prepared.identity,
      'who approved the one did not approve the other',
    );
    const few = offerOf(await prepared(49), defaultRestartSettings);
    assert.deepEqual([few.button, few.others.length], ['PXE-Boot 49 Nodes', 0]);
  });

  test('what is so in one way only stands below its button', async () => {
    const { others, ...offer } = offerOf(await prepared(50), defaultRestartSettings);
    const carryOut = () => Promise.resolve(0);
    let detail = '';
    answers.modal = (_question, shown) => {
      detail = shown;
      return undefined;
    };
    const wayOf = ({ button, notes }: (typeof others)[number]) => ({ button, notes, carryOut });
    const ways = { ...wayOf(offer), others: others.map(wayOf) };
    await confirmStage({ question: offer.question, standing: [], plan, ...ways }, showPage);
    const paragraphs = detail.split('\n\n');
    assert.match(
      paragraphs.find((one) => one.includes('Restarted first')) ?? '',
      /^PXE-Boot 3 Nodes First:\nRestarted first \(3\)/,
    );
    assert.ok(paragraphs.includes('Running nodes are force-restarted. Running jobs are killed.'), 'common to both');
  });

  test('whichever way was run, Verify is the step after it', async () => {
    const verify = (): Promise<void> => Promise.resolve();
    const { others, ...first } = offerOf(await prepared(50), { ...defaultRestartSettings, verify });
    for (const way of [first, ...others]) assert.equal(way.verify, verify, way.button);
  });

  test('control nodes are asked about by themselves, and a no leaves them out', async () => {
    const offer = offerOf(await prepared(3, 'slurm_control_node_x86_64'), defaultRestartSettings);
    assert.match(offer.further?.detail.flat().join('\n') ?? '', /cn-1 .*Slurm controller.*whole cluster/s);
    const without = offer.further?.without;
    assert.deepEqual(
      without?.prepared.nodes.map(({ target }) => target.hostname),
      ['cn-2', 'cn-3'],
    );
    assert.equal(offerOf(await prepared(1, 'login_node_x86_64'), defaultRestartSettings).further?.without, undefined);
    const carryOut = () => Promise.resolve(0);
    const further = {
      question: 'These too?',
      detail: [],
      button: 'Too',
      without: { button: 'Not These', notes: ['cn-2 goes first'], carryOut },
    };
    const asked = { question: 'Now?', notes: [], standing: [], plan, button: 'Now', carryOut, others: [], further };
    const chosen = async (...given: readonly (string | undefined)[]): Promise<unknown> => {
      const left = [...given];
      answers.modal = () => left.shift();
      const agreed = await confirmStage(asked, showPage);
      return agreed && [agreed.way.button, ...agreed.answers.map(({ answer }) => answer)];
    };
    assert.deepEqual(await chosen('Now', 'Too'), ['Now', 'Now', 'Too']);
    assert.deepEqual(await chosen('Now', 'Not These'), ['Not These', 'Now', 'Not These']);
    let about = '';
    answers.modal = (question, shown) => {
      if (question === 'Now?') return 'Now';
      about = shown;
      return undefined;
    };
    await confirmStage(asked, showPage);
    assert.equal(about, 'Not These:\ncn-2 goes first');
    assert.deepEqual([await chosen('Now', undefined), await chosen(undefined)], [undefined, undefined]);
  });

  test('the button that was pressed is the way that is run', async () => {
    const carryOut = () => Promise.resolve(0);
    const others = [{ button: 'All', notes: ['As well'], carryOut: () => Promise.resolve(1) }];
    const asked = { question: 'Now?', notes: [], standing: [], plan, button: 'First', carryOut, others };
    const chosen = async (answer: string | undefined): Promise<unknown> => {
      answers.modal = (_question, _detail, buttons) => {
        assert.deepEqual(buttons, ['First', 'All']);
        return answer;
      };
      return (await confirmStage(asked, showPage))?.way.button;
    };
    assert.deepEqual(
      [await chosen('First'), await chosen('All'), await chosen(undefined)],
      ['First', 'All', undefined],
    );
  });
});
