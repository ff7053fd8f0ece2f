import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { VscodeServer } from '../../scripts/vscodeServer.mjs';

/** Only a hang takes this long. */
const stepTimeoutMs = 120_000;

/** A VS Code window on a private copy of a workspace, with the actions that make up journeys and screenshots. */
export interface Workbench {
  readonly page: Page;
  /** The copy on disk, for checking what a journey wrote. */
  readonly folder: string;
  /** Opens a file through quick open, by its path in the workspace. */
  readonly openFile: (name: string) => Promise<void>;
  /** Runs a command from the palette by its full title, for example `BuildStreaM: Show Log`. */
  readonly runCommand: (title: string) => Promise<void>;
  /** Types into the open quick pick or input box, waits for the expected offer, and accepts it. */
  readonly answer: (text: string, offered?: string) => Promise<void>;
  /** Moves the cursor of the active editor to a line and column, both counted from 1. */
  readonly goTo: (line: number, column: number) => Promise<void>;
  /** The code of the active editor. */
  readonly editor: Locator;
  /** Rows of the Problems view. */
  readonly problems: Locator;
}

/** Interval between attempts to find a command that is not yet in the palette. */
const openAgainMs = 250;

/** A browser, or an isolated context of one. */
type Windows = Pick<Browser, 'newPage'>;

/** Maximum number of palette rows above the wanted one: recently used commands come first. */
const mostRows = 50;

/** Opens a window on a copy of a workspace, with workspace `settings`. Calls `prepare` on the copy first. */
export async function openWorkbench(
  server: VscodeServer,
  browser: Windows,
  workspace: string,
  settings?: Readonly<Record<string, unknown>>,
  prepare: (folder: string) => void = () => undefined,
): Promise<Workbench> {
  const folder = server.copyWorkspace(workspace);
  prepare(folder);
  if (settings !== undefined) {
    mkdirSync(path.join(folder, '.vscode'), { recursive: true });
    writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify(settings, null, 2));
  }
  return openFolder(server, browser, folder);
}

/** Waits for the last phase of a window's start. Until then, a late layout closes open menus and lists. */
export async function started(page: Page): Promise<void> {
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  await page.waitForFunction(() => performance.getEntriesByName('code/LifecyclePhase/Eventually').length > 0);
}

/** Opens a window on a folder as it is. */
export async function openFolder(server: VscodeServer, browser: Windows, folder: string): Promise<Workbench> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(stepTimeoutMs);
  await page.goto(server.url(folder));
  await started(page);

  const input = page.locator('.quick-input-widget input[type=text]');

  async function answer(text: string, offered?: string): Promise<void> {
    await input.waitFor();
    await input.fill(text);
    if (offered !== undefined) {
      // Enter accepts the focused row, which for a moment is still one of the unfiltered list.
      await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: offered }).first().waitFor();
    }
    // The input itself: what had the focus before may take it once more.
    await input.press('Enter');
  }

  async function pick(text: string, label: string): Promise<void> {
    await page.keyboard.press('F1');
    await answer(text, label);
  }

  /**
   * The palette is built when it opens, and contains a command of ours only once the extension has declared it
   * relevant. Until then, the palette is reopened.
   */
  async function openPalette(title: string): Promise<void> {
    const rows = page.locator('.quick-input-list .monaco-list-row');
    const row = page.locator('.quick-input-list').getByText(title, { exact: true }).first();
    const deadline = Date.now() + stepTimeoutMs;
    for (;;) {
      await page.keyboard.press('F1');
      await input.waitFor();
      await input.fill(`>${title}`);
      await row.or(rows.first()).first().waitFor();
      if ((await row.isVisible()) || Date.now() > deadline) break;
      await page.keyboard.press('Escape');
      await page.waitForTimeout(openAgainMs);
    }
    await row.waitFor();
  }

  /** With the keyboard: a click may miss the list, which closes it. */
  async function runCommand(title: string): Promise<void> {
    await openPalette(title);
    // Rows that arrive later move the others.
    await page.locator('.quick-input-progress.active').waitFor({ state: 'detached' });
    const chosen = page.locator('.quick-input-list .monaco-list-row.focused').getByText(title, { exact: true });
    for (let step = 0; step < mostRows && !(await chosen.isVisible()); step++) await input.press('ArrowDown');
    await input.press('Enter');
  }

  return {
    page,
    folder,
    editor: page.locator('.editor-group-container.active .view-lines').first(),
    openFile: async (name) => {
      const base = name.slice(name.lastIndexOf('/') + 1);
      await pick(name, base);
      await page.getByRole('tab', { name: base }).first().waitFor();
    },
    runCommand,
    answer,
    goTo: async (line, column) => {
      await pick(`:${String(line)}:${String(column)}`, String(line));
      await page
        .locator('.statusbar')
        .getByText(`Ln ${String(line)}, Col ${String(column)}`, { exact: true })
        .waitFor();
      // The editor shows the place as soon as it is typed. Keys reach it only after the list has closed.
      await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
    },
    problems: page.locator('.markers-panel .monaco-list-row'),
  };
}
