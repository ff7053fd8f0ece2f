import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { readTools } from '@omnia-buildstream/tools/table/readTools';
import { writeTools } from '@omnia-buildstream/tools/table/writeTools';
import { eventually, mapping, openMapping, row } from '../support.ts';

const setting = 'languageModels';

suite('tools of language models', () => {
  teardown(async () => {
    await vscode.workspace
      .getConfiguration('buildstream')
      .update(setting, undefined, vscode.ConfigurationTarget.Global);
  });

  test('the editor has every tool of the table, and they answer from what it knows', async () => {
    await openMapping('models', mapping(row(2, { HOSTNAME: 'no_name' }), row(3)));
    const names = Object.keys({ ...readTools, ...writeTools }).map((name) => `buildstream_${name}`);
    await eventually('the tools', () => (ours().length === names.length ? true : undefined));
    assert.deepEqual(ours().sort(), names.sort());
    const [found = '', list = ''] = await invoke('validate_mapping');
    assert.match(found, /^Findings: \d+\. Omnia version: /);
    assert.match(list, /bad-hostname/);
    assert.match((await invoke('list_nodes', { nodes: ['node3'] })).join('\n'), /^1 of 3 nodes.*172\.17\.107\.3/s);
    assert.match((await invoke('show_plan')).join('\n'), /BEGIN DATA .*node3/s);
    assert.match((await invoke('explain_rule', { rule: 'dup-hostname' })).join('\n'), /Severity by Omnia version/);
  });

  test('nothing is changed without the file in the home of the user', async () => {
    assert.match((await invoke('fix_mapping')).join('\n'), /the user has not allowed changes/);
  });

  test('the tools of the chat go where the command line offers them', async () => {
    const config = vscode.workspace.getConfiguration('buildstream');
    await config.update(setting, 'mcp', vscode.ConfigurationTarget.Global);
    await assert.rejects(invoke('explain_rule', { rule: 'dup-hostname' }));
    await config.update(setting, 'chat', vscode.ConfigurationTarget.Global);
    await eventually('the tools again', async () => {
      const blocks = await invoke('explain_rule', { rule: 'dup-hostname' }).catch(() => []);
      return blocks.length > 0 ? true : undefined;
    });
  });
});

function ours(): string[] {
  return vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith('buildstream_'));
}

async function invoke(name: string, input: object = {}): Promise<string[]> {
  const result = await vscode.lm.invokeTool(`buildstream_${name}`, { input, toolInvocationToken: undefined });
  return result.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ''));
}
