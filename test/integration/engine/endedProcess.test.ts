import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { systemProcesses } from '@omnia-buildstream/engine/state/processIdentity';
import { waitUntil } from '../../support/waitUntil.ts';

test(
  'a process that was killed holds no lock, although its parent never looks',
  { skip: process.platform !== 'linux' },
  async (t) => {
    // The `sleep` that replaces the shell keeps its children without reaping them, like the first process of many
    // containers.
    const parent = spawn('sh', ['-c', 'sleep 300 & echo $!; exec sleep 300'], { stdio: ['ignore', 'pipe', 'ignore'] });
    t.after(() => parent.kill('SIGKILL'));
    let said = '';
    parent.stdout.on('data', (data: Buffer) => (said += data.toString()));
    const pid = await waitUntil('the child', () => (said.endsWith('\n') ? Number(said) : undefined));
    const fields = (): string[] =>
      readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
        .split(') ')[1]
        ?.split(' ') ?? [];
    const table = systemProcesses();
    const child = { ...table.self, pid, startTime: fields()[19] ?? '' };
    assert.equal(table.fateOf(child), 'alive');
    await waitUntil('the parent to be another program', () =>
      readFileSync(`/proc/${String(parent.pid)}/comm`, 'utf8') === 'sleep\n' ? true : undefined,
    );
    process.kill(pid, 'SIGKILL');
    await waitUntil('its end', () => (fields()[0] === 'Z' ? true : undefined));
    assert.equal(table.fateOf(child), 'dead');
  },
);
