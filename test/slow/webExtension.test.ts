import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { launchBrowser } from '../../scripts/browser.mjs';
import { sampleDir } from '../../scripts/paths.mjs';
import { startVscodeServer } from '../../scripts/vscodeServer.mjs';
import { buildWebExtension } from '../../scripts/web/package.mjs';
import { openWorkbench } from '../ui/workbench.ts';

/** Only a hang takes this long. */
const hangMs = 600_000;
/** Path at which the page finds the extension: not on the machine with the files, so that the browser runs it. */
const place = '/tried';

test(
  'the worker of a browser is its only host: problems, a fix, hover, completion, the plan',
  { timeout: hangMs },
  async (t) => {
    const server = await startVscodeServer({ workspaceTrust: false });
    t.after(() => {
      server.stop();
    });
    const browser = await launchBrowser(server.dir);
    t.after(() => browser.close());
    const origin = `http://127.0.0.1:${String(server.port)}`;
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const asked = await serve(context, origin, await buildWebExtension());
    const { page, problems, openFile, goTo, runCommand } = await openWorkbench(server, context, sampleDir);
    const file = page.getByRole('tab', { name: 'pxe_mapping_file.csv' });

    await openFile('pxe_mapping_file.csv');
    await runCommand('Problems: Focus on Problems View');
    await problems.filter({ hasText: 'bad-mac' }).waitFor();
    assert.ok(asked.has('server.js'), 'the server is a worker');

    await file.click();
    await goTo(11, 55);
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+i');
    await page.locator('.monaco-hover', { hasText: 'ADMIN_MAC' }).first().waitFor();
    await page.keyboard.press('Escape');

    await page.keyboard.press('Control+.');
    await page.getByText("Change to 'b0:7b:25:d1:0a:44'").first().waitFor();
    await page.keyboard.press('Enter');
    await problems.filter({ hasText: 'bad-mac' }).waitFor({ state: 'detached' });

    await goTo(16, 1);
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget .monaco-list-row').first().waitFor();
    await page.keyboard.press('Escape');

    await runCommand('BuildStreaM: Show Plan');
    await page.getByRole('tab', { name: /plan/i }).first().waitFor();
  },
);

/** Serves the extension to the page as a built-in one. @returns the names of the requested files */
async function serve(context: BrowserContext, origin: string, folder: string): Promise<Set<string>> {
  const asked = new Set<string>();
  await context.route(`${origin}${place}/**`, (route) => {
    const name = new URL(route.request().url()).pathname.slice(place.length + 1);
    asked.add(name);
    return route.fulfill({ path: path.join(folder, name) });
  });
  await context.addInitScript(
    (location) => {
      const original = Object.getOwnPropertyDescriptor(Element.prototype, 'getAttribute')
        ?.value as Element['getAttribute'];
      Element.prototype.getAttribute = function (name) {
        const value = original.call(this, name);
        if (this.id !== 'vscode-workbench-web-configuration' || name !== 'data-settings') return value;
        return JSON.stringify({ ...(JSON.parse(value ?? '{}') as object), additionalBuiltinExtensions: [location] });
      };
    },
    { scheme: 'http', authority: new URL(origin).host, path: place },
  );
  return asked;
}
