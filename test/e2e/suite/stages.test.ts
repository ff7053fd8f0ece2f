import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { NodeTreeElement } from '@omnia-buildstream/client/nodes/nodeTree';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { labPassword, quickLab, reportOf } from '../../support/lab.ts';
import { filesNow } from '../../support/filesNow.ts';
import { generousLimits } from '../stagesLab.ts';
import { Answers, type Asked, type Pick } from '../answers.ts';
import {
  api,
  configureUser,
  endOf,
  eventually,
  openMapping,
  save,
  terminalShows,
  whileTimePasses,
  writeTasks,
} from '../support.ts';

/** Of four nodes, the second has another password and the third another authority. */
const faults = [{}, { wrongPassword: true }, { wrongCertificate: true }, {}];
const names = ['cn-00001', 'cn-00002', 'cn-00003', 'cn-00004'];

suite('stages', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'buildstream-e2e-'));
  let lab: Lab;
  let document: vscode.TextDocument;
  let answers = new Answers();

  suiteSetup(async () => {
    const faultsOf = (index: number) => faults[index] ?? {};
    // A boot takes longer than reading the tree, so that a node can be seen in progress.
    const power = { offMs: 20, poweringOnMs: 20, bootMs: 2_000 };
    lab = await quickLab({ size: faults.length, faultsOf, reportPort: 0, latencyMs: 20, power });
    writeFileSync(path.join(folder, 'ca.pem'), lab.ca);
    await configureUser('engine.caFile', path.join(folder, 'ca.pem'));
    await configureUser('engine.bmcPort', lab.port);
    await configureUser('engine.limits', generousLimits);
    await configureUser('engine.report', reportOf(lab));
    document = await openMapping('stages', lab.mappingFile);
    await vscode.commands.executeCommand('buildstream.nodes.focus');
    await eventually('the nodes', async () => ((await leaves()).size === names.length ? true : undefined));
  });

  setup(() => {
    answers.restore();
    answers = new Answers();
  });

  suiteTeardown(async () => {
    answers.restore();
    for (const name of [
      'engine.canary',
      'engine.caFile',
      'engine.bmcPort',
      'engine.limits',
      'engine.report',
      'trust',
    ]) {
      await configureUser(name, undefined);
    }
    await lab.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the stage shows what it would touch, and without a yes nothing is sent', async () => {
    answers.restore();
    answers = new Answers(['GROUP']);
    answers.pick = restart;
    assert.equal(await endOf(() => vscode.commands.executeCommand('buildstream.runStage')), undefined);
    await terminalShows('Nothing was touched.');
    assert.equal(answers.last?.message, 'PXE-boot 4 nodes with GROUP?', 'a no is no failure');
    const asked = answers.asked.find(({ message }) => message === 'PXE-boot 4 nodes with GROUP?');
    for (const name of names) assert.ok(asked?.detail?.includes(name), name);
    assert.equal(requests(), 0);
  });

  test('nodes are seen while they restart; failed ones are problems on their rows; the exit code says that some failed', async () => {
    answers.restore();
    answers = new Answers(['GROUP', '*', 'root', labPassword]);
    answers.pick = restart;
    answers.button = ['PXE-Boot 4 Nodes', 'Restart It Too'];
    const ended = endOf(() => vscode.commands.executeCommand('buildstream.runStage'));
    await describes('cn-00001', /contacts the BMC|logs in|waiting for|reads|sets PXE|checks PXE|restarts/);
    await describes('cn-00002', /^Failed\. .*the BMC refused/i);
    assert.equal(await whileTimePasses(ended), 3);
    await describes('cn-00001', /^booted\b/);
    await describes('cn-00004', /^booted\b/);
    const problems = await eventually('two problems', () => {
      const found = vscode.languages
        .getDiagnostics(document.uri)
        .filter(({ message }) => message.startsWith('restart: '));
      return found.length === 2 ? found : undefined;
    });
    const rows = problems.map(({ range, message }) => `${String(range.start.line)} ${message.split(' ')[1] ?? ''}`);
    assert.deepEqual(rows.sort(), ['2 cn-00002', '3 cn-00003']);
    assert.ok(
      answers.asked.some(({ message }) => message === 'Restart from this computer: 2 done, 2 failed, 0 not tried.'),
    );
    const control = answers.asked.find(
      ({ message }) => message === 'Restart 1 control node or protected node as well?',
    );
    assert.match(control?.detail ?? '', /cn-00001 \(.*\): Slurm controller.*reprovisioning the whole cluster/s);
  });

  test('the files of the state are picked up, and no file has the password in it', async () => {
    const item = await eventually('the entry of a failed node', async () => {
      const found = (await leaves()).get('cn-00003');
      const isListed = found?.contextValue?.includes('markable') === true;
      // While the run is in the view, its words are, which have no age.
      return isListed && /^[A-Z].* · (just now|\d+ min ago)$/.test(String(found.description)) ? found : undefined;
    });
    assert.ok(item);
    const project = path.dirname(path.dirname(document.uri.fsPath));
    const texts = filesNow(project);
    assert.ok([...texts.keys()].some((file) => file.endsWith('.buildstream/restart/failed_nodes.json')));
    assert.deepEqual(
      [...texts].filter(([, text]) => text.includes(labPassword)),
      [],
    );
  });

  test('the certificate of a BMC is shown, and pinned by the button; the next run boots that node', async () => {
    const leaf = await leafOf('cn-00003');
    answers.button = ['Log In', 'Show Certificate'];
    await vscode.commands.executeCommand('buildstream.showPowerState', leaf);
    await certificate();
    assert.equal(pins(), undefined, 'only shown');
    assert.equal(await restartNode(leaf, ['PXE-Boot 1 Node', 'Show Certificate', 'Pin This Certificate']), 3);
    const shown = await certificate();
    const fingerprint = /^SHA-256 fingerprint: ([0-9A-F:]{95})/.exec(shown.detail ?? '')?.[1];
    assert.ok(fingerprint);
    const bmcIp = leaf.kind === 'node' ? leaf.node.bmcIp : '';
    assert.equal(shown.message, `The certificate of ${bmcIp} is not trusted.`);
    assert.deepEqual(await eventually('the pin', pins), {
      [bmcIp]: `sha256:${fingerprint.replaceAll(':', '').toLowerCase()}`,
    });
    assert.equal(await restartNode(leaf, ['PXE-Boot 1 Node']), 0);
    const asked = answers.asked.find(({ message }) => message === 'PXE-boot 1 node with GROUP?');
    assert.match(asked?.detail ?? '', /failed in the last run: cn-00003/);
    await describes('cn-00003', /^booted\b/);
  });

  test('the power state is read and shown; a BMC that refused is not asked again', async () => {
    const leaf = await leafOf('cn-00001');
    answers.button = undefined;
    const atFirst = requests();
    await vscode.commands.executeCommand('buildstream.showPowerState', leaf);
    // The stored pattern is *, so this BMC has not been named yet.
    assert.equal(answers.last?.message, 'Log in to 1 BMC to read its power state?');
    assert.ok(answers.last.detail?.includes(leaf.kind === 'node' ? leaf.node.bmcIp : '-'));
    assert.equal(requests(), atFirst, 'nothing is sent without a yes');
    answers.button = 'Log In';
    await vscode.commands.executeCommand('buildstream.showPowerState', leaf);
    await describes('cn-00001', /power: on/);
    await vscode.commands.executeCommand('buildstream.showPowerState', await leafOf('cn-00002'));
    await describes('cn-00002', /power: the BMC refused/);
    const before = requests();
    await vscode.commands.executeCommand('buildstream.showPowerState', await leafOf('cn-00002'));
    await describes('cn-00002', /power: no login: user or password were refused before/);
    assert.ok(requests() - before <= 1, 'only the service root, which takes no login');
  });

  test('a check that is canceled tells nothing, and finds nothing', async () => {
    const { withProgress } = vscode.window;
    const canceled: typeof withProgress = (_, task) => {
      const source = new vscode.CancellationTokenSource();
      const report = (): void => {
        source.cancel();
      };
      return task({ report }, source.token);
    };
    const whole = document.getText();
    await replaceAll(whole.replace(lab.bmcs[0]?.node.serviceTag ?? '', 'WR0NG01'));
    Object.assign(vscode.window, { withProgress: canceled });
    answers.button = ['Log In', 'Fill In…'];
    try {
      await vscode.commands.executeCommand('buildstream.checkHardware', document.uri);
    } finally {
      Object.assign(vscode.window, { withProgress });
    }
    assert.deepEqual(
      answers.asked.filter(({ message }) => !message.startsWith('Log in to')),
      [],
    );
    const found = vscode.languages.getDiagnostics(document.uri).filter(({ code }) => code === 'service-tag');
    assert.deepEqual(found, []);
    await replaceAll(whole);
  });

  test('rows are compared with their machines: differences have fixes, and empty cells are filled in after a look', async () => {
    const whole = document.getText();
    const { serviceTag = '', bmcMac = '' } = lab.bmcs[0]?.node ?? {};
    await replaceAll(whole.replace(serviceTag, 'WR0NG01').replace(bmcMac, ''));
    answers.button = ['Log In', 'Fill In…', 'Fill In'];
    await vscode.commands.executeCommand('buildstream.checkHardware', document.uri);
    assert.ok(answers.asked.some(({ message }) => message.includes('Fill in 1 empty cell of')));
    const [problem] = await eventually('the difference', () => {
      const found = vscode.languages.getDiagnostics(document.uri).filter(({ code }) => code === 'service-tag');
      return found.length === 1 ? found : undefined;
    });
    assert.equal(problem?.message, `The BMC says ${serviceTag}.`);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      problem.range,
    );
    const edit = actions.find(({ title }) => title === `Change to '${serviceTag}'`)?.edit;
    assert.ok(edit);
    await vscode.workspace.applyEdit(edit);
    assert.equal(document.getText(), whole);
    await save(document);
  });

  test('BMCs without a row: a network is asked after a yes, logged in to after another, and rows come after a look', async () => {
    const whole = document.getText();
    const { node, record } = lab.bmcs[3] ?? assert.fail();
    await replaceAll(`${whole.trimEnd().split('\n').slice(0, -1).join('\n')}\n`);
    const find = async (...buttons: readonly string[]): Promise<readonly string[]> => {
      answers.restore();
      answers = new Answers([`${node.address}/28`]);
      answers.button = buttons;
      await vscode.commands.executeCommand('buildstream.findBmcs', document.uri);
      return answers.asked.map(({ message }) => message);
    };
    const [before, logins] = [requests(), record.logins];
    const [question = ''] = await find();
    const [, button = ''] = /^(Contact \d+ addresses) of /.exec(question) ?? [];
    const contact = button.replace('addresses', 'Addresses');
    assert.equal(requests(), before, 'nothing is sent without a yes');
    assert.deepEqual(await find(contact), [question, '1 BMC without a row responds. Log in to read its hardware?']);
    assert.equal(record.logins, logins, 'only the root');
    assert.equal((await find(contact, 'Log In')).at(-1), 'Add 1 row to pxe_mapping_file.csv?');
    const rows = (): readonly string[] => document.getText().trimEnd().split('\n');
    assert.equal(rows().length, names.length, 'nothing is written without a yes');
    await find(contact, 'Log In', 'Add 1 Row');
    const cells = rows().at(-1)?.split(',') ?? [];
    assert.ok(cells.includes(node.serviceTag) && cells.includes(node.address), cells.join());
    await replaceAll(whole);
  });

  test('a BMC is helped once, after a yes to what it touches', async () => {
    const leaf = await leafOf('cn-00001');
    answers.pick = (items) => items.find((item) => typeof item === 'object' && item.label === 'Restart the BMC');
    answers.button = 'Log In';
    await vscode.commands.executeCommand('buildstream.recoverBmc', leaf);
    const recoveries = lab.bmcs[0]?.record.recoveries;
    assert.deepEqual(recoveries, []);
    answers.withDetail(/cn-00001 \(.*The server keeps running/s);
    answers.button = 'Restart the BMC';
    await vscode.commands.executeCommand('buildstream.recoverBmc', leaf);
    assert.deepEqual(recoveries, ['restart-bmc']);
  });

  test('a task of tasks.json runs what it names after the question, and an odd one runs nothing', async () => {
    const task = { stage: 'restart', image: 'GROUP' };
    const tasks = writeTasks(
      { ...task, label: 'one node', nodes: ['cn-00002'], mapping: 'stages/input/pxe_mapping_file.csv' },
      { ...task, label: 'odd', nodes: [1] },
    );
    const [oneNode, odd] = [await tasks.named('one node'), await tasks.named('odd')];
    assert.equal(await endOf(() => vscode.tasks.executeTask(oneNode)), undefined);
    assert.match(answers.asked.at(0)?.detail ?? '', /cn-00002/);
    assert.equal(await endOf(() => vscode.tasks.executeTask(odd)), 2);
    await tasks.remove();
  });

  test('a task that is offered asks as well', async () => {
    const all = await vscode.tasks.fetchTasks({ type: 'buildstream' });
    // Tasks of tasks.json may still be in the list.
    assert.deepEqual(
      all.slice(0, 3).map(({ name }) => name),
      ['Deploy from this computer', 'Restart from this computer', 'Validate from this computer'],
    );
    const offered = all.find(({ name }) => name === 'Restart from this computer');
    assert.ok(offered);
    answers.restore();
    answers = new Answers(['GROUP']);
    answers.pick = restart;
    assert.equal(await endOf(() => vscode.tasks.executeTask(offered)), undefined);
    assert.ok(answers.asked.some(({ message }) => message === 'PXE-boot 1 node with GROUP?'));
  });

  test('an image that never reports: a few nodes first, a stop, a narrower run, and the note for whoever takes over', async () => {
    await configureUser('engine.canary', '1');
    await configureUser('engine.limits', { ...generousLimits, report: 0.001 });
    answers.restore();
    answers = new Answers(['BAD']);
    answers.pick = restart;
    answers.button = ['PXE-Boot 1 Node First', 'Only the Others'];
    const before = resets();
    const stopped = endOf(() => vscode.commands.executeCommand('buildstream.runStage'));
    assert.equal(await whileTimePasses(stopped), 3);
    // The BMC of the second refuses, so the third is restarted first; the controller and the fourth are not touched.
    assert.deepEqual(
      resets().map((count, index) => count - (before[index] ?? 0)),
      [0, 0, 1, 0],
    );
    assert.ok(
      answers.asked.some(({ message }) => message === 'Restart from this computer: 0 done, 2 failed, 1 not tried.'),
    );

    await configureUser('engine.limits', generousLimits);
    answers.restore();
    answers = new Answers(['BAD']);
    answers.pick = restart;
    answers.button = 'PXE-Boot 1 Node';
    const fourth = await leafOf('cn-00004');
    const narrowed = endOf(() => vscode.commands.executeCommand('buildstream.runOnNodes', fourth));
    assert.equal(await whileTimePasses(narrowed), 0);

    answers.pick = (items) =>
      items.find((item) => typeof item !== 'string' && item.detail?.includes('2 failed, 1 were not tried') === true);
    await vscode.commands.executeCommand('buildstream.showRunHistory');
    const note = vscode.window.activeTextEditor?.document.getText() ?? '';
    for (const part of [
      /^# Run history: restart by /,
      /PXE\\-boot 4 nodes with BAD\?": PXE\\-Boot 1 Node First/,
      /as well\?": Only the Others/,
      /one of the first nodes did not boot/,
      /## What is left[^]*Failed: cn\\-00002, cn\\-00003[^]*Not tried: cn\\-00004/,
      /## What to do next\s+Find out why the first nodes failed/,
    ])
      assert.match(note, part);
    assert.ok(!note.includes(labPassword));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  /** The question about the certificate of a BMC. */
  function certificate(): Promise<Asked> {
    return eventually('the certificate', () =>
      answers.asked.find(({ message }) => message.includes('is not trusted.')),
    );
  }

  /** Runs the stage on one node and presses these buttons. Resolves to the exit code. */
  function restartNode(leaf: NodeTreeElement, buttons: readonly string[]): Promise<number | undefined> {
    answers.restore();
    answers = new Answers(['GROUP']);
    answers.pick = restart;
    answers.button = buttons;
    return whileTimePasses(endOf(() => vscode.commands.executeCommand('buildstream.runOnNodes', leaf)));
  }

  /** Replaces the text of the mapping file and saves it, because the text on disk is compared. */
  async function replaceAll(text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    const end = document.positionAt(document.getText().length);
    edit.replace(document.uri, new vscode.Range(document.positionAt(0), end), text);
    await vscode.workspace.applyEdit(edit);
    await save(document);
  }

  function resets(): number[] {
    return lab.bmcs.map(({ record }) => record.resetsCarriedOut);
  }

  function requests(): number {
    return lab.bmcs.reduce((sum, bmc) => sum + bmc.record.requests.length, 0);
  }

  async function describes(name: string, text: RegExp): Promise<void> {
    let last = '';
    await eventually(`${name}: ${String(text)}`, async () => {
      last = String((await leaves()).get(name)?.description ?? '');
      return text.test(last) ? true : undefined;
    }).catch((error: unknown) => {
      throw new Error(`it is: ${last}`, { cause: error });
    });
  }
});

/** Selects the stage. */
const restart: Pick = (items) => items.find((item) => typeof item !== 'string' && item.label === 'Restart');

/** Fingerprints in the user's settings, by BMC. */
function pins(): unknown {
  return vscode.workspace.getConfiguration('buildstream').inspect('trust')?.globalValue;
}

async function allLeaves(element?: NodeTreeElement): Promise<NodeTreeElement[]> {
  const children = await api().nodesTree.getChildren(element);
  const below = children.map((child) => (child.kind === 'node' ? Promise.resolve([child]) : allLeaves(child)));
  return (await Promise.all(below)).flat();
}

async function leaves(): Promise<ReadonlyMap<string, vscode.TreeItem>> {
  const items = (await allLeaves()).map((leaf) => api().nodesTree.getTreeItem(leaf));
  return new Map(items.map((item) => [typeof item.label === 'string' ? item.label : '', item]));
}

async function leafOf(name: string): Promise<NodeTreeElement> {
  const found = (await allLeaves()).find((leaf) => leaf.kind === 'node' && leaf.node.hostname === name);
  assert.ok(found);
  return found;
}
