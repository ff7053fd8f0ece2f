/** Reports an issue from a package that has the project's address, which it lacks as long as nothing is published. */
import assert from 'node:assert/strict';
import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { installVscodeServerDependencies } from '../../scripts/bootstrap.mjs';
import { launchBrowser } from '../../scripts/browser.mjs';
import { ensureChromium } from '../../scripts/chromium.mjs';
import { temporaryFolder } from '../../scripts/lifetime.mjs';
import { buildPackage } from '../../scripts/package.mjs';
import { resultsDir, sampleDir } from '../../scripts/paths.mjs';
import { addressesOf } from '../../scripts/release/address.mjs';
import { startVscodeServer, type VscodeServer } from '../../scripts/vscodeServer.mjs';
import { openWorkbench } from '../ui/workbench.ts';

interface Repository {
  readonly type: 'git';
  readonly url: string;
}

/**
 * Repository addresses on different servers, with the page for new issues. VS Code's own issue reporter handles GitHub
 * only.
 */
const published = {
  'https://github.com/example/published.git': 'https://github.com/example/published/issues/new',
  'https://gitlab.com/example/published.git': 'https://gitlab.com/example/published/-/issues',
};

test('Report Issue… after Copy Diagnostics leads to the issues of the project', async (t) => {
  await ensureChromium();
  await installVscodeServerDependencies();
  const installed = await startVscodeServer({ vsix: await buildPackage() });
  t.after(() => {
    installed.stop();
  });
  for (const [url, page] of Object.entries(published)) {
    await t.test(url, (one) => reportsTo(page, { type: 'git', url }, installed, one));
  }
});

async function reportsTo(
  issues: string,
  repository: Repository,
  installed: VscodeServer,
  t: TestContext,
): Promise<void> {
  const { dir, remove } = temporaryFolder();
  t.after(remove);
  cpSync(path.join(installed.dir, 'ext'), path.join(dir, 'ext'), { recursive: true });
  publish(dir, repository);
  const server = await startVscodeServer({ extensionsOf: { ...installed, dir }, workspaceTrust: false });
  t.after(() => {
    server.stop();
  });
  const browser = await launchBrowser(server.dir);
  t.after(() => browser.close());
  const { page, runCommand } = await openWorkbench(server, browser, sampleDir);
  try {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await runCommand('BuildStreaM: Copy Diagnostics');
    const told = page.locator('.notification-toast', { hasText: 'Diagnostics are in the clipboard' }).first();
    const opened: string[] = [];
    await page.context().route(`${issues}**`, async (route) => {
      opened.push(route.request().url());
      await route.fulfill({ contentType: 'text/html', body: '<title>New issue</title>' });
    });
    const opening = page.context().waitForEvent('page');
    await told.getByRole('button', { name: 'Report Issue…' }).click();
    // VS Code shows the address and asks before opening it.
    await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Open', exact: true }).click();
    await (await opening).waitForLoadState();
    assert.equal(opened.length, 1);
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^Settings that differ: none$/m);
  } catch (error) {
    mkdirSync(resultsDir, { recursive: true });
    await page.screenshot({ path: path.join(resultsDir, `issue-reporter-${new URL(issues).host}.png`) });
    throw error;
  }
}

/** Adds to an installed extension the addresses that packaging adds once the project has one. */
function publish(dir: string, repository: Repository): void {
  const [file] = globSync('ext/omnia-buildstream.*/package.json', { cwd: dir }).map((name) => path.join(dir, name));
  assert.ok(file);
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...manifest, repository, ...addressesOf({ repository }) }));
}
