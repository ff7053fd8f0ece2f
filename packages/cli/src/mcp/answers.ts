import type { Source, ToolAnswer } from '@omnia-buildstream/tools/answer';
import { exitCodes } from '../exitCodes.ts';
import type { Heard } from './hear.ts';

const ends: Readonly<Record<Heard['code'], string>> = {
  [exitCodes.ok]: '',
  [exitCodes.errorsFound]: 'Errors were found.',
  [exitCodes.cannotRun]: 'It could not run.',
  [exitCodes.notAllDone]: 'Not everything was done, or it is not known what became of it.',
};

/** What a command said, all of it treated as foreign text: nearly every line contains names and words of others. */
export function answerOf({ code, stdout, stderr }: Heard, from: readonly Source[], own: string): ToolAnswer {
  const said = [stdout, stderr].map((text) => text.trim()).filter((text) => text !== '');
  const first = [own, ends[code]].filter((text) => text !== '').join(' ');
  return {
    parts: [{ own: first }, ...said.map((foreign) => ({ foreign, from }))],
    isError: code === exitCodes.cannotRun,
  };
}
