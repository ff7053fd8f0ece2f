import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filesNow } from '../support/filesNow.ts';
import { inWindow, type Editors } from './editors.ts';
import { notification, recoveryOf } from './recovery.ts';
import { openFolder, type Workbench } from './workbench.ts';

const mappingFile = 'input/pxe_mapping_file.csv';
/** Time that passes for the extension at each step of the waiting journey, and the pause between steps. */
const stepMs = 1_000;
const pauseMs = 200;

/** From a new node to green, on a lab. Then checks that no file of the editor or of the project contains a secret. */
export async function recovery(editors: Editors): Promise<void> {
  const { withLab, browser, lab } = editors;
  const end = new AbortController();
  const passing = letTimePass(editors, end.signal);
  try {
    await inWindow('recovery', openFolder(withLab, browser, lab.workspace), (workbench) => recover(workbench, editors));
  } finally {
    end.abort();
    await passing;
  }
  assert.deepEqual(filesWithSecrets(editors), []);
}

/**
 * Advances the extension's clock. No time limit in the extension is short enough to be reached; its polls take less
 * time.
 */
async function letTimePass({ clocks }: Editors, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clocks.passMs(stepMs);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

async function recover(workbench: Workbench, { lab }: Editors): Promise<void> {
  const { page, runCommand, answer, openFile, goTo, editor } = workbench;
  const operator = recoveryOf(workbench);
  await operator.openSideBar();

  // A push of the mapping file starts a pipeline automatically.
  await openFile(mappingFile);
  const lastLine = readFileSync(path.join(lab.workspace, mappingFile), 'utf8').split('\n').length;
  await goTo(lastLine, 1);
  const [row = ''] = readFileSync(path.join(lab.workspace, 'practice/new_nodes.csv'), 'utf8').split('\n');
  await page.keyboard.insertText(`${row}\n`);
  await editor.getByText('slurm-node13').first().waitFor();
  await page.keyboard.press('Control+S');
  // Git has to notice the change before it commits anything.
  await page.getByRole('tab', { name: /Source Control.*1 pending change/ }).waitFor();
  await runCommand('Git: Commit All');
  await answer('Add a node');
  await page.locator('.statusbar').getByText('0↓ 1↑').click();
  await page.locator('.pane-body .monaco-list-row', { hasText: /^#\d+/ }).first().waitFor();

  await runCommand('BuildStreaM: Deploy Through GitLab…');
  await operator.chooseImage();
  await operator.deployUntilFailure();
  await operator.answerNotification('Show Log');
  await page.locator('.editor-group-container.active').getByText('FAILED').first().waitFor();

  await runCommand('BuildStreaM: Repair Lab Node…');
  await operator.tick('slurm-node4');
  await operator.accept();
  await notification(page, 'Repaired').waitFor();
  await runCommand('BuildStreaM: Boot Lab Node by Hand…');
  await operator.tick('slurm-node6', 'slurm-node11');
  await operator.accept();
  await notification(page, 'Booted by hand').waitFor();
  await operator.beginMarking();
  await operator.tick('slurm-node6', 'slurm-node11');
  await operator.accept();
  await operator.press(/^Mark 2 and PXE-Boot \d+$/);
  await operator.waitForGreen();
}

/** Searches everything that the editor and the clone have written; the lab keeps its own secrets elsewhere. */
function filesWithSecrets({ withLab, lab }: Editors): string[] {
  const { gitlab, api, bmc, control } = lab.connection;
  const secrets = [gitlab.token, api.password, bmc.password, control.token];
  const files = [...filesNow(withLab.dir, ['ext', 'workspaces']), ...filesNow(lab.workspace)];
  assert.ok(files.length > 0);
  return files.filter(([, text]) => secrets.some((secret) => text.includes(secret))).map(([file]) => file);
}
