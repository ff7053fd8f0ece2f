import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../support.ts';

// Commands that ask questions are tested through the user interface, in test/ui/journeys.
suite('commands', () => {
  test('the page of a rule opens inside the editor', async () => {
    await vscode.commands.executeCommand('buildstream.openRuleDocs', 'dup-admin-ip');
    await eventually('a preview', () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label.includes('dup-admin-ip')),
    );
  });

  test('a code that is no code opens nothing', async () => {
    const before = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length;
    await vscode.commands.executeCommand('buildstream.openRuleDocs', '../../README');
    await vscode.commands.executeCommand('notifications.clearAll');
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, before);
  });
});
