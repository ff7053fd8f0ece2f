import { recoveryOf } from './recovery.ts';
import type { Scene } from './screenshots.ts';
import type { Workbench } from './workbench.ts';

/** Takes a picture of the window, from its top left corner. The name is that of the file in docs/images. */
export type Shoot = (picture: Pick<Scene, 'name' | 'size'>) => Promise<void>;

/** Pictures must not catch a fade or a half-drawn list. */
const settleMs = 1_500;
const wide = { width: 1280, height: 800 };

/** The pictures of the tour: one run of the lab's deploy pipeline with its failure and its recovery. */
export async function takeRecoveryPictures(workbench: Workbench, shoot: Shoot): Promise<void> {
  const { page, runCommand } = workbench;
  const operator = recoveryOf(workbench);
  const settle = async (): Promise<void> => {
    await page.mouse.move(900, 20);
    await page.waitForTimeout(settleMs);
  };
  await operator.openSideBar();
  await page.getByRole('button', { name: 'Nodes Section' }).click({ position: { x: 60, y: 8 } });
  await widenSideBar(workbench);
  await runCommand('BuildStreaM: Deploy Through GitLab…');
  await operator.chooseImage();
  await settle();
  await shoot({ name: 'deploy', size: wide });

  await operator.deployUntilFailure();
  await operator.answerNotification('Show Log');
  await page.locator('.editor-group-container.active').getByText('FAILED').first().waitFor();
  await runCommand('Notifications: Clear All Notifications');
  await page.locator('.pane-body .monaco-list-row', { hasText: /^#\d+/ }).first().click();
  await page.keyboard.press('*');
  await settle();
  await shoot({ name: 'failed-run', size: wide });

  await operator.beginMarking();
  await operator.tick('slurm-node11', 'slurm-node18');
  await settle();
  await shoot({ name: 'mark-and-retry', size: { width: 1280, height: 420 } });
  await page.keyboard.press('Escape');
}

/** Descriptions need room. */
async function widenSideBar({ page }: Workbench): Promise<void> {
  await page.mouse.move(350, 400);
  await page.mouse.down();
  await page.mouse.move(560, 400, { steps: 5 });
  await page.mouse.up();
}
