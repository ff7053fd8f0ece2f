import { readdirSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { eventually, expectCodes, findingOf, mapping, openMapping, row } from '../support.ts';

suite('language server', () => {
  test('it can be restarted by command', async () => {
    const { uri } = await openMapping('restart', mapping(row(2, { ADMIN_MAC: 'nonsense' })));
    await findingOf(uri, 'bad-mac');
    await vscode.commands.executeCommand('buildstream.restartLanguageServer');
    await findingOf(uri, 'bad-mac');
    await edit(uri);
    await expectCodes(uri, ['bad-mac', 'dup-hostname']);
  });

  test('it comes back by itself when it dies', async function () {
    // Only on Linux is it easy to find the process.
    if (process.platform !== 'linux') this.skip();
    const { uri } = await openMapping('crash', mapping(row(2, { ADMIN_MAC: 'nonsense' })));
    await findingOf(uri, 'bad-mac');
    // The one that a test before stopped may still be ending.
    const server = await eventually('one server', () => {
      const [one, ...others] = serverProcesses();
      return others.length === 0 ? one : undefined;
    });
    process.kill(server, 'SIGKILL');
    await eventually('another process', () => serverProcesses().find((pid) => pid !== server));
    await edit(uri);
    await expectCodes(uri, ['bad-mac', 'dup-hostname']);
  });
});

async function edit(uri: vscode.Uri): Promise<void> {
  const change = new vscode.WorkspaceEdit();
  change.insert(uri, new vscode.Position(3, 0), `${row(3, { HOSTNAME: 'node2' })}\n`);
  await vscode.workspace.applyEdit(change);
}

/** Children of this extension host that run our server. */
function serverProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const isOurs = readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes('dist/server.js');
        return isOurs && state !== 'Z' && Number(parent) === process.pid;
      } catch {
        return false;
      }
    });
}
