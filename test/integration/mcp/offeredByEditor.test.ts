import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { readTools } from '@omnia-buildstream/tools/table/readTools';
import { bundle } from '../../support/cli/cliProcess.ts';
import { folderOf } from '../../support/cli/files.ts';
import { cluster } from '../../support/cluster.ts';
import {
  configured,
  folders,
  offered,
  ofUser,
  Uri,
  workspace,
  type McpStdioServerDefinition,
} from '../../support/vscode/fakeVscode.ts';
import '../../support/vscode/playedVscode.ts';

const { ToolsFeature } = await import('@omnia-buildstream/client/tools/toolsFeature');

const manifest = { contributes: { languageModelTools: [{ name: 'buildstream_list_nodes' }] } };
const setting = 'buildstream.languageModels';

interface Provider {
  readonly onDidChangeMcpServerDefinitions: (listener: () => void) => unknown;
  readonly provideMcpServerDefinitions: () => McpStdioServerDefinition[];
}

suite('who offers the tools in VS Code', () => {
  test('the chat or buildstream mcp, never both, and off neither', (t) => {
    const feature = new ToolsFeature(manifest, bundle, {} as ConstructorParameters<typeof ToolsFeature>[2]);
    t.after(() => {
      feature.dispose();
      ofUser.clear();
    });
    const now = (way: string | undefined) => {
      if (way === undefined) ofUser.clear();
      else ofUser.set(setting, way);
      configured.tell();
      return [...offered.keys()];
    };
    assert.deepEqual([...offered.keys()], ['buildstream_list_nodes']);
    assert.deepEqual(now('mcp'), ['buildstream']);
    assert.deepEqual(now('chat'), ['buildstream_list_nodes']);
    assert.deepEqual(now('off'), []);
    workspace.isTrusted = false;
    assert.deepEqual(now('mcp'), [], 'a folder that is not trusted');
    workspace.isTrusted = true;
    now('mcp');
    feature.dispose();
    assert.deepEqual([...offered.keys()], []);
  });

  test('VS Code asks for the servers again when a folder is added', (t) => {
    ofUser.set(setting, 'mcp');
    const feature = new ToolsFeature(manifest, bundle, {} as ConstructorParameters<typeof ToolsFeature>[2]);
    t.after(() => {
      feature.dispose();
      ofUser.clear();
      workspace.workspaceFolders = undefined;
    });
    const provider = offered.get('buildstream') as Provider;
    const seen: number[] = [];
    provider.onDidChangeMcpServerDefinitions(() => seen.push(provider.provideMcpServerDefinitions().length));
    workspace.workspaceFolders = [{ uri: Uri.file('/cluster'), name: 'cluster' }];
    folders.tell();
    assert.deepEqual(seen, [1]);
  });

  test("the server is this extension's own, run by the program of the editor, in the folder", async (t) => {
    const cwd = folderOf(t, { 'input/pxe_mapping_file.csv': cluster });
    ofUser.set(setting, 'mcp');
    workspace.workspaceFolders = [{ uri: Uri.file(cwd), name: 'cluster' }];
    const feature = new ToolsFeature(manifest, bundle, {} as ConstructorParameters<typeof ToolsFeature>[2]);
    t.after(() => {
      feature.dispose();
      ofUser.clear();
      workspace.workspaceFolders = undefined;
    });
    const [server] = (offered.get('buildstream') as Provider).provideMcpServerDefinitions();
    assert.ok(server);
    assert.deepEqual([server.command, server.env], [process.execPath, { ELECTRON_RUN_AS_NODE: '1' }]);
    const { command, args, env, cwd: place } = server;
    const transport = new StdioClientTransport({ command, args: [...args], env: { ...env }, cwd: place?.fsPath ?? '' });
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(transport);
    assert.equal((await client.listTools()).tools.length, Object.keys(readTools).length);
    const { content } = await client.callTool({ name: 'list_nodes', arguments: { nodes: ['cn-001'] } });
    assert.match(JSON.stringify(content), /1 of 5 nodes/);
    await client.close();
  });
});
