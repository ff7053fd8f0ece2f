import type { Page } from 'playwright-core';
import type { Workbench } from './workbench.ts';

/** Only a hang takes this long. */
const runTimeoutMs = 300_000;

/** An operator's actions in the editor to deploy to a lab cluster and to recover the nodes that failed. */
export interface Recovery {
  /** Opens the side bar; resolves once the editor is signed in to the lab's GitLab. */
  readonly openSideBar: () => Promise<void>;
  /**
   * Selects the first image, listed by a pipeline if nothing else lists it. Ends at the single question of the deploy.
   */
  readonly chooseImage: () => Promise<void>;
  /** Plays deploy and waits until some nodes have failed. */
  readonly deployUntilFailure: () => Promise<void>;
  /** Ends at the quick pick of failed nodes to mark. */
  readonly beginMarking: () => Promise<void>;
  /** Selects the nodes with these names in a list with checkboxes. */
  readonly tick: (...names: readonly string[]) => Promise<void>;
  readonly accept: () => Promise<void>;
  /** Presses a button of the open question. */
  readonly press: (button: string | RegExp) => Promise<void>;
  /** Presses a button of a notification. */
  readonly answerNotification: (button: string) => Promise<void>;
  readonly waitForGreen: () => Promise<void>;
}

export function recoveryOf({ page, runCommand }: Workbench): Recovery {
  const dialog = page.locator('.monaco-dialog-box');
  const input = page.locator('.quick-input-widget input[type=text]');
  const press = async (button: string | RegExp): Promise<void> => {
    const question = await dialog.locator('.dialog-message-text').innerText();
    await dialog.getByRole('button', { name: button, exact: true }).click();
    // The next question may appear at once, with a button of the same name.
    await dialog.getByText(question, { exact: true }).waitFor({ state: 'detached' });
  };
  return {
    press,
    openSideBar: async () => {
      await page.locator('.activitybar [aria-label^="BuildStreaM"]').first().click();
      await page
        .locator('.pane-body')
        .getByText(/The project has no pipelines yet|^#\d+/)
        .first()
        .waitFor();
    },
    chooseImage: async () => {
      await page.getByText('Deploy Through GitLab: Select an Image').first().waitFor();
      const first = page.locator('.quick-input-list .monaco-list-row.focused');
      await first.waitFor();
      // While no image is known, a pipeline that lists the images is resumed or started first.
      const [way] = /^(Pipeline #\d+|Start a Pipeline to List Images)/.exec(await first.innerText()) ?? [];
      await input.press('Enter');
      if (way !== undefined) {
        await first.getByText(way).waitFor({ state: 'detached' });
        await first.waitFor();
        await input.press('Enter');
      }
      await dialog.getByText(/^PXE-boot .*\d+ nodes with /).waitFor();
    },
    deployUntilFailure: async () => {
      await press(/^PXE-Boot \d+ Nodes$/);
      await notification(page, 'failed to boot').waitFor({ timeout: runTimeoutMs });
    },
    beginMarking: async () => {
      await runCommand('BuildStreaM: Mark Booted and Retry…');
      await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    },
    tick: async (...names) => {
      for (const name of names) {
        const row = page
          .locator('.quick-input-list .monaco-list-row')
          .filter({ has: page.getByText(name, { exact: true }) });
        await row.first().click();
      }
    },
    accept: async () => {
      await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    },
    answerNotification: async (button) => {
      // Toasts give way to newer ones; the list has all of them.
      await runCommand('Notifications: Show Notifications');
      const list = page.locator('.notifications-center');
      await list.getByRole('button', { name: button }).first().click();
      // No toast appears while the list is open.
      await runCommand('Notifications: Hide Notifications');
    },
    waitForGreen: async () => {
      await page
        .locator('.statusbar')
        .getByText(/#\d+ passed/i)
        .waitFor({ timeout: runTimeoutMs });
    },
  };
}

/** A notification as a toast or in the list: no toast appears while the list is open. */
export function notification(page: Page, text: string) {
  return page.locator('.notification-list-item', { hasText: text }).first();
}
