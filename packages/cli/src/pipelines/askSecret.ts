import { shownText } from '../shown.ts';

const enter = new Set(['\r', '\n']);
const giveUp = new Set(['\u0003', '\u0004']);
const erase = new Set(['\u007f', '\b']);

/** Asks at the terminal without showing what is typed; undefined without a terminal, or when the person gives up. */
export async function askSecret(question: string): Promise<string | undefined> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  stderr.write(shownText(question, true));
  stdin.setRawMode(true);
  stdin.resume();
  try {
    return await new Promise<string | undefined>((resolve) => {
      let typed = '';
      const read = (chunk: Buffer) => {
        for (const character of chunk.toString()) {
          if (enter.has(character)) finish(typed);
          else if (giveUp.has(character)) finish(undefined);
          else typed = erase.has(character) ? typed.slice(0, -1) : typed + character;
        }
      };
      const finish = (answer: string | undefined) => {
        stdin.off('data', read);
        resolve(answer);
      };
      stdin.on('data', read);
    });
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}
