import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startGitLabLab } from '@omnia-buildstream/lab/gitlab/lab';
import type { Scene } from './screenshots.ts';
import { themes } from './themes.ts';
import { started } from './workbench.ts';

const token = 'glpat-picture-0123456789';
const menuMs = 1500;

/** A deploy pipeline of a GitLab-like server that waits for the selection of an image. */
const waitingPipeline: Pick<Scene, 'run'> = {
  async run({ page, folder, runCommand }, atEnd) {
    const mapping = readFileSync(path.join(folder, 'input/pxe_mapping_file.csv'), 'utf8');
    const lab = await startGitLabLab({
      files: { 'input/pxe_mapping_file.csv': mapping, 'catalog_rhel.json': '{}\n' },
    });
    atEnd(() => lab.close());
    lab.tokens.add({ value: token });
    mkdirSync(path.join(folder, '.vscode'), { recursive: true });
    const file = path.join(folder, '.vscode/settings.json');
    const given: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    const own = { 'buildstream.gitlab.url': lab.origin, 'buildstream.gitlab.project': 'root/omnia' };
    writeFileSync(file, JSON.stringify({ ...(given as object), ...own }));
    // VS Code does not immediately watch a folder that is added later.
    await page.reload();
    await started(page);

    await page.locator('.activitybar [aria-label^="BuildStreaM"]').first().click();
    // A single view has no header by which to collapse it.
    await page.getByRole('button', { name: 'Pipelines Section' }).waitFor();
    await page.getByRole('button', { name: 'Nodes Section' }).click();
    await page.waitForTimeout(menuMs);
    await runCommand('BuildStreaM: Sign In to GitLab');
    await page.getByText('Sign In to GitLab (1/2)').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Sign In to GitLab (2/2)').waitFor();
    await page.keyboard.type(token);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Pin This Certificate' }).click();
    await page.getByText('The project has no pipelines yet').waitFor();
    await page.getByRole('button', { name: 'Start Deploy Pipeline…' }).click();
    await page.getByRole('button', { name: 'Start Pipeline', exact: true }).click();
    const row = page.locator('.pane-body .monaco-list-row');
    await row.filter({ hasText: /^#\d+/ }).first().click();
    await page.getByText('select an image').first().waitFor();
    await page.keyboard.press('*');
    await page.waitForTimeout(2 * menuMs);
    await runCommand('Notifications: Clear All Notifications');
    // A wider side bar shows the descriptions. The pointer ends where it triggers no hover.
    await page.mouse.move(350, 400);
    await page.mouse.down();
    await page.mouse.move(620, 400, { steps: 5 });
    await page.mouse.up();
    await page.mouse.move(900, 700);
    await page.waitForTimeout(menuMs);
  },
};

export const pipelinesScene: Scene = { name: 'pipelines', size: { width: 720, height: 580 }, ...waitingPipeline };

/** All four views in every theme. */
export const sideBarScenes: readonly Scene[] = Object.entries(themes).map(([ending, theme]) => ({
  name: `side-bar${ending}`,
  size: { width: 720, height: 800 },
  settings: { 'workbench.colorTheme': theme },
  isCommitted: true,
  isOnlyLookedAt: true,
  async run(workbench, atEnd) {
    await waitingPipeline.run(workbench, atEnd);
    const { page } = workbench;
    for (const view of ['Nodes', 'Connections']) {
      await page.getByRole('button', { name: `${view} Section` }).click({ position: { x: 60, y: 8 } });
    }
    await page.locator('.pane-body .monaco-list-row', { hasText: 'Management server' }).waitFor();
    await page.locator('.pane-body .monaco-list-row', { hasText: 'Failed: ' }).first().click();
    await page.mouse.move(900, 700);
    await page.waitForTimeout(menuMs);
  },
}));
