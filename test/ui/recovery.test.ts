import assert from 'node:assert/strict';
import { globSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../scripts/browser.mjs';
import { labSettings, startLabWorkspace, type LabWorkspace } from '../../scripts/labWorkspace.mjs';
import { temporaryFolder } from '../../scripts/lifetime.mjs';
import { resultsDir, vsixFile } from '../../scripts/paths.mjs';
import { startVscodeServer, type VscodeServer } from '../../scripts/vscodeServer.mjs';
import { recoveryOf } from './recovery.ts';
import { openFolder, type Workbench } from './workbench.ts';

const journeyTimeoutMs = 420_000;
const mappingFile = 'input/pxe_mapping_file.csv';
const labOptions = ['--size', '20', '--boot', '0.3', '--latency', '0'];

let lab: LabWorkspace;
let server: VscodeServer;
let browser: Browser;
const labFolder = temporaryFolder();

before(async () => {
  lab = await startLabWorkspace(labFolder.dir, labOptions);
  server = await startVscodeServer({ vsix: vsixFile, env: lab.env, settings: labSettings });
  browser = await launchBrowser(server.dir);
});
after(async () => {
  await browser.close();
  server.stop();
  lab.end();
  labFolder.remove();
});

test(
  'an operator commits a new node, deploys, sees three nodes fail, recovers them and gets to green',
  {
    timeout: journeyTimeoutMs,
  },
  async () => {
    const workbench = await openFolder(server, browser, lab.workspace);
    try {
      await recover(workbench);
    } catch (error) {
      mkdirSync(resultsDir, { recursive: true });
      await workbench.page.screenshot({ path: path.join(resultsDir, 'ui-recovery.png') });
      throw error;
    } finally {
      await workbench.page.close();
    }
    assert.deepEqual(filesWithSecrets(), []);
  },
);

async function recover(workbench: Workbench): Promise<void> {
  const { page, runCommand, answer, openFile, goTo, editor } = workbench;
  const operator = recoveryOf(workbench);
  await operator.openSideBar();

  // A push of the mapping file starts a pipeline by itself.
  await openFile(mappingFile);
  const lastLine = readFileSync(path.join(lab.workspace, mappingFile), 'utf8').split('\n').length;
  await goTo(lastLine, 1);
  const [row = ''] = readFileSync(path.join(lab.workspace, 'practice/new_nodes.csv'), 'utf8').split('\n');
  await page.keyboard.insertText(`${row}\n`);
  await editor.getByText('slurm-node13').first().waitFor();
  await page.keyboard.press('Control+S');
  // Git has to see the change before it commits anything.
  await page.getByRole('tab', { name: /Source Control.*1 pending change/ }).waitFor();
  await runCommand('Git: Commit All');
  await answer('Add a node');
  await page.locator('.statusbar').getByText('0↓ 1↑').click();
  await page.locator('.pane-body .monaco-list-row', { hasText: 'Pipeline #' }).first().waitFor();

  await runCommand('BuildStreaM: Deploy…');
  await answer('Pipeline #', 'Pipeline #');
  await operator.chooseImage();
  await operator.deployUntilFailure();
  await operator.answerNotification('Show Log');
  await page.locator('.editor-group-container.active').getByText('FAILED').first().waitFor();

  await runCommand('BuildStreaM: Repair Lab Node…');
  await operator.tick('slurm-node4');
  await operator.accept();
  await runCommand('BuildStreaM: Boot Lab Node by Hand…');
  await operator.tick('slurm-node6', 'slurm-node11');
  await operator.accept();
  await page.locator('.notification-toast', { hasText: 'Booted by hand' }).first().waitFor();
  await operator.beginMarking();
  await operator.tick('slurm-node6', 'slurm-node11');
  await operator.accept();
  await operator.press('Mark and Retry');
  await operator.waitForGreen();
}

/** Of all that the editor and the clone have written; the lab keeps its own secrets elsewhere. */
function filesWithSecrets(): string[] {
  const { gitlab, api, bmc, control } = lab.connection;
  const secrets = [gitlab.token, api.password, bmc.password, control.token];
  const files = [server.dir, lab.workspace].flatMap((cwd) =>
    globSync('**/*', { cwd, exclude: ['ext/**', 'workspaces/**'], withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name)),
  );
  assert.ok(files.length > 0);
  return files.filter((file) => {
    const text = readFileSync(file, 'latin1');
    return secrets.some((secret) => text.includes(secret));
  });
}
