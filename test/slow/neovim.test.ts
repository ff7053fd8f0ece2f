import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { launcher } from '../support/cli/cliProcess.ts';
import { folderOf } from '../support/cli/files.ts';
import { cluster } from '../support/cluster.ts';
import { bothFailed } from '../support/failedNodesText.ts';

/** Only an editor that hangs runs this long. */
const limitMs = 60_000;

const root = path.resolve(import.meta.dirname, '../..');

function neovim(): string | undefined {
  try {
    return execFileSync('nvim', ['--version'], { encoding: 'utf8' }).split('\n')[0];
  } catch {
    return undefined;
  }
}

/** The Lua blocks in docs/editors.md for every Neovim since 0.7. */
function documented(): string {
  const page = readFileSync(path.join(root, 'docs/editors.md'), 'utf8');
  const [, , ...blocks] = page.split('```lua\n');
  return blocks.map((block) => block.slice(0, block.indexOf('```'))).join('\n');
}

/** Requests sent in the editor with the mapping file open; prints the results as JSON. */
const script = `
local function wait(what) assert(vim.wait(${String(limitMs / 2)}, what, 20), 'waited in vain') end
wait(function() return #vim.diagnostic.get(0) > 0 end)
local codes = {}
for _, found in ipairs(vim.diagnostic.get(0)) do table.insert(codes, found.code) end
local hover = vim.lsp.buf_request_sync(0, 'textDocument/hover', {
  textDocument = vim.lsp.util.make_text_document_params(), position = { line = 0, character = 2 } }, ${String(limitMs / 2)})
local said
for _, answer in pairs(hover) do said = answer.result.contents.value end
vim.cmd('OmniaPlan')
wait(function() return vim.bo.filetype == 'markdown' end)
local plan = vim.api.nvim_buf_get_lines(0, 0, 1, false)[1]
io.stdout:write(vim.json.encode({ codes = codes, hover = said, plan = plan }))
vim.cmd('qa!')
`;

const found = neovim();

test(
  'a headless Neovim shows problems, hovers and the plan with the lines of docs/editors.md',
  { skip: found === undefined ? 'Neovim is not installed here.' : false, timeout: 2 * limitMs },
  async (context) => {
    const folder = folderOf(context, {
      'input/pxe_mapping_file.csv': cluster.replace('10.6.0.14', '10.6.0.15'),
      'miscellaneous/failed_nodes.json': bothFailed,
      'init.lua': documented(),
      'look.lua': script,
      'bin/buildstream': `#!/bin/sh\nexec '${process.execPath}' '${launcher}' "$@"\n`,
    });
    chmodSync(path.join(folder, 'bin/buildstream'), 0o755);
    const { stdout } = await promisify(execFile)(
      'nvim',
      ['--headless', '-u', 'init.lua', '-i', 'NONE', 'input/pxe_mapping_file.csv', '-c', 'luafile look.lua'],
      {
        cwd: folder,
        env: { PATH: `${path.join(folder, 'bin')}:${process.env['PATH'] ?? ''}`, HOME: folder },
        timeout: limitMs,
        killSignal: 'SIGKILL',
      },
    );
    const seen = JSON.parse(stdout) as { codes: string[]; hover: string; plan: string };
    assert.ok(seen.codes.includes('dup-bmc-ip'), stdout);
    assert.match(seen.hover, /^\*\*FUNCTIONAL/);
    assert.match(seen.plan, /^# /);
  },
);
