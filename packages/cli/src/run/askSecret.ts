import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { shownText } from '../shown.ts';

/** Asks for a secret at the terminal without showing what is typed; undefined where there is no terminal. */
export async function askSecret(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const silent = new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  process.stderr.write(shownText(question, true));
  try {
    return await terminal.question('');
  } catch {
    return undefined;
  } finally {
    process.stderr.write('\n');
    terminal.close();
  }
}
