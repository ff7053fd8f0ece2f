import path from 'node:path';
import { findNote, keepNote } from '@omnia-buildstream/gitlab/api/keepNote';
import { causeOf, cannotRun } from '../cannotRun.ts';
import type { ExitCode } from '../exitCodes.ts';
import { agree } from './agree.ts';
import type { ActionContext } from './context.ts';
import { tellOutcome } from './outcome.ts';

const noteName = 'buildstream-plan';
/** GitLab accepts a million characters; a plan of 10,000 nodes can have that many. */
const longestCharacters = 900_000;

/** `buildstream pipelines note MERGE_REQUEST --file FILE`: one note, rewritten by every run. */
export async function note(context: ActionContext): Promise<ExitCode> {
  const { client, project, options, io, call } = context;
  const iid = mergeRequestOf(options.names[0] ?? io.env['CI_MERGE_REQUEST_IID']);
  const body = await textOf(options.file, io);
  const place = { projectId: project.id, iid, name: noteName };
  const before = await findNote(client, place, call);
  const what = before === undefined ? 'Adds a note to' : `Replaces note ${String(before.id)} of`;
  await io.stderr.write(`${what} merge request !${String(iid)} of ${project.path}.\n`);
  const plan = { identity: JSON.stringify(['note', iid, body]) };
  const end = await agree(context, { question: 'Write it?', nothing: 'Nothing was written.', plan });
  if (end !== undefined) return end;
  const outcome = await keepNote(client, { ...place, body }, { writing: call, reading: call });
  const look = `the notes of merge request !${String(iid)}`;
  return tellOutcome(outcome, { done: ({ id }) => `Note ${String(id)} of !${String(iid)} is up to date`, look }, io);
}

function mergeRequestOf(text: string | undefined): number {
  const iid = Number(text?.replace(/^!/, ''));
  if (Number.isInteger(iid) && iid > 0) return iid;
  throw cannotRun('arguments', 'note needs the number of a merge request, or CI_MERGE_REQUEST_IID.');
}

async function textOf(file: string | undefined, { fs, cwd }: ActionContext['io']): Promise<string> {
  if (file === undefined) throw cannotRun('arguments', 'note needs --file FILE with the text in Markdown.');
  const text = await fs.readFile(path.resolve(cwd, file), 'utf8').catch((error: unknown) => {
    throw cannotRun('file', `${file} cannot be read: ${causeOf(error)}.`);
  });
  return shortened(text);
}

/** A Markdown text that GitLab accepts. Cut at the end of a line: half a line would be different Markdown. */
export function shortened(text: string): string {
  if (text.length <= longestCharacters) return text;
  const whole = text.slice(0, text.lastIndexOf('\n', longestCharacters) + 1);
  return `${whole}\n…\n`;
}
