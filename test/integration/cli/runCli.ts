import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { shownText } from '@omnia-buildstream/cli/shown';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import type { FileSystem, Io, Output } from '@omnia-buildstream/cli/io';
import { run } from '@omnia-buildstream/cli/buildstream';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface World {
  readonly stdin?: string | Uint8Array;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTerminal?: boolean;
  /** What a person answers to a question; without it there is no terminal to ask at. */
  readonly answer?: string;
  readonly fs?: Partial<FileSystem>;
}

/** Runs `buildstream` as a function. */
export async function runCli(args: readonly string[], world: World = {}): Promise<Ran> {
  const stdout = capture(world.isTerminal ?? false);
  const stderr = capture(world.isTerminal ?? false);
  const io: Io = {
    stdin: () =>
      Promise.resolve(typeof world.stdin === 'string' ? Buffer.from(world.stdin) : (world.stdin ?? Buffer.of())),
    ask: async (question) => {
      if (world.answer !== undefined) await stderr.write(question);
      return world.answer;
    },
    stdout,
    stderr,
    env: world.env ?? {},
    fs: { ...fs, ...world.fs },
    cwd: world.cwd ?? process.cwd(),
  };
  const code = await run(args, io);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** A new folder with these files; gone after the test. */
export function folderOf(context: TestContext, files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'obs-cli-'));
  context.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}

export const fixtures = path.resolve(import.meta.dirname, '../../fixtures/mapping');

export function fixture(name: string): string {
  return readFileSync(path.join(fixtures, name), 'utf8');
}

function capture(isTerminal: boolean): Output & { text(): string } {
  const pieces: string[] = [];
  return {
    isTerminal,
    isClosed: false,
    write(shown) {
      pieces.push(shownText(shown, isTerminal));
      return Promise.resolve();
    },
    text: () => pieces.join(''),
  };
}
