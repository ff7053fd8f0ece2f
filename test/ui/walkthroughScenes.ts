import type { Scene } from './screenshots.ts';
import { themes } from './themes.ts';

/** A text in the picture of each step. */
const pictures = ['folder', 'GitLab', 'certificate', 'BMC', 'management server', 'GitLab ✓'];
/** A step expands slowly, and its picture follows. */
const settleMs = 1_500;

/** The steps of Connect Your Cluster with their pictures, and the palette, in every theme. */
export const walkthroughScenes: readonly Scene[] = Object.entries(themes).flatMap(([ending, theme]) => [
  ...pictures.map((said, at) => stepScene(at, said, ending, theme)),
  paletteScene(ending, theme),
]);

function stepScene(at: number, said: string, ending: string, theme: string): Scene {
  return {
    name: `walkthrough-${String(at + 1)}${ending}`,
    isOnlyLookedAt: true,
    size: { width: 1280, height: 800 },
    settings: { 'workbench.colorTheme': theme },
    async run({ page, runCommand }) {
      await runCommand('View: Toggle Primary Side Bar Visibility');
      await runCommand('BuildStreaM: Connect Your Cluster');
      await page.locator('.getting-started-step').nth(at).click();
      const picture = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
      await picture.getByText(said, { exact: true }).waitFor();
      await page.waitForTimeout(settleMs);
    },
  };
}

function paletteScene(ending: string, theme: string): Scene {
  return {
    name: `palette${ending}`,
    isOnlyLookedAt: true,
    size: { width: 1280, height: 800 },
    settings: { 'workbench.colorTheme': theme },
    async run({ page, openFile }) {
      await openFile('README.md');
      await page.locator('.activitybar').getByText('2', { exact: true }).waitFor();
      await page.keyboard.press('F1');
      await page.locator('.quick-input-widget input[type=text]').fill('>BuildStreaM: ');
      await page.waitForTimeout(settleMs);
    },
  };
}
