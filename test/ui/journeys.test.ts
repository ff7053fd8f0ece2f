import { globSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../scripts/browser.mjs';
import { resultsDir, root, vsixFile } from '../../scripts/paths.mjs';
import { startVscodeServer, type VscodeServer } from '../../scripts/vscodeServer.mjs';
import type { Journey } from './journey.ts';
import { openWorkbench } from './workbench.ts';

const journeyTimeoutMs = 240_000;

let server: VscodeServer;
let browser: Browser;
before(async () => {
  server = await startVscodeServer({ vsix: vsixFile });
  browser = await launchBrowser(server.dir);
});
after(async () => {
  await browser.close();
  server.stop();
});

for (const file of globSync('journeys/*.ts', { cwd: import.meta.dirname }).sort()) {
  const { journey } = (await import(`./${file}`)) as { journey: Journey };
  test(journey.name, { timeout: journeyTimeoutMs }, async () => {
    const workbench = await openWorkbench(server, browser, path.join(root, journey.workspace));
    try {
      await journey.run(workbench);
    } catch (error) {
      mkdirSync(resultsDir, { recursive: true });
      await workbench.page.screenshot({ path: path.join(resultsDir, `ui-${path.basename(file, '.ts')}.png`) });
      throw error;
    } finally {
      await workbench.page.close();
    }
  });
}
