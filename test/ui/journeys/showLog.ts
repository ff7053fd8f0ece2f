import type { Journey } from '../journey.ts';

const ours = 'Omnia BuildStreaM';

export const journey: Journey = {
  name: 'a mapping file opens in our language, and the log is one command away',
  workspace: 'sample',
  async run({ page, openFile, runCommand }) {
    await openFile('input/pxe_mapping_file.csv');
    await page.locator('.statusbar').getByText('Omnia PXE mapping').waitFor();
    // VS Code lists a log once it has seen its file, and ignores a request to show an unlisted one.
    await runCommand('Output: Focus on Output View');
    await page.locator('.panel select option', { hasText: ours }).first().waitFor({ state: 'attached' });
    await runCommand('BuildStreaM: Show Log');
    await page.waitForFunction((name) => {
      const shown = [...document.querySelectorAll<HTMLSelectElement>('.panel select')];
      return shown.some(({ selectedOptions }) => selectedOptions[0]?.text === name);
    }, ours);
  },
};
