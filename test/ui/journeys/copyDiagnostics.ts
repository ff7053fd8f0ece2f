import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Journey } from '../journey.ts';

const secretAddress = 'https://gitlab.private.example';

export const journey: Journey = {
  name: 'Copy Diagnostics has versions, connections and names of settings, no values, and says where to send them',
  workspace: 'sample',
  prepare(folder) {
    mkdirSync(path.join(folder, '.vscode'), { recursive: true });
    writeFileSync(
      path.join(folder, '.vscode/settings.json'),
      JSON.stringify({ 'buildstream.gitlab.url': secretAddress }),
    );
  },
  async run({ page, runCommand, editor }) {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await runCommand('BuildStreaM: Copy Diagnostics');
    const told = page.locator('.notification-toast', { hasText: 'Diagnostics are in the clipboard' }).first();
    await told.waitFor();
    // The tests' package has no project address as long as none is published.
    assert.match(await told.innerText(), /send them to the person who gave you this extension/);
    assert.equal(await told.getByRole('button', { name: 'Report Issue…' }).count(), 0);

    await runCommand('File: New Untitled Text File');
    await editor.click();
    await page.keyboard.press('Control+V');
    await editor.getByText('Settings that differ: buildstream.gitlab.url').waitFor();
    const text = (await editor.innerText()).replaceAll('\u00a0', ' ');
    assert.match(text, /^Omnia BuildStreaM \d+\.\d+\.\d+$/m);
    assert.match(text, /^VS Code \d+\.\d+\.\d+, .+$/m);
    assert.match(text, /^Extension host: Node \d+\.\d+\.\d+, \w+ \w+$/m);
    assert.match(text, /^Connections: gitlab \w+/m);
    // With a server in the browser, the name of the remote is its address.
    for (const address of [secretAddress, '127.0.0.1', 'localhost']) assert.ok(!text.includes(address), text);
  },
};
