import { readFile } from 'node:fs/promises';
import type { Io } from '@omnia-buildstream/cli/io';
import { parseOptions } from '@omnia-buildstream/cli/pipelines/options';
import { isUserError } from '@omnia-buildstream/core/errors/userError';
import { thisMachine } from '@omnia-buildstream/runner/machine';
import { answers } from '../vscode/fakeVscode.ts';
import { actsFolder, atOim, cliParts, editorParts } from './history.ts';
import { RecordingGitLab, type GitLabSituation } from './recordingGitLab.ts';

const call = { signal: new AbortController().signal };

/** What a front end showed before it asked, and what it sent after the yes. */
export interface Seen {
  /** The text before each question. */
  readonly asked: readonly string[];
  readonly orders: readonly string[];
  /** Why it sent nothing, or not everything. Undefined if it did not say. */
  readonly refusal: string | undefined;
  readonly problem: unknown;
  /** All text that was shown. */
  readonly text: string;
}

export interface World {
  readonly situation: GitLabSituation;
  /** What happens on the server while the first question is open. */
  readonly meanwhile?: (server: RecordingGitLab) => void;
  readonly afterCommit?: (server: RecordingGitLab) => void;
  /** The answer to the second question. */
  readonly again?: boolean;
  /** A button of the editor that sends nothing, but leads to the question that does. */
  readonly leadsOn?: string;
}

export type CliAction = (context: never) => Promise<unknown>;

export async function commandLine(
  action: CliAction,
  args: readonly string[],
  world: World,
  cwd = actsFolder,
): Promise<Seen> {
  const server = serverOf(world);
  let text = '';
  const asked: string[] = [];
  const write = (said: string): Promise<void> => {
    text += said;
    return Promise.resolve();
  };
  const ask = (): Promise<string> => {
    asked.push(text.slice(asked.join('').length));
    if (asked.length === 1) world.meanwhile?.(server);
    return Promise.resolve(asked.length === 1 || world.again === true ? 'y' : 'n');
  };
  const fs = { ...thisMachine.fs, readFile };
  const io = { ...thisMachine, ...cliParts, fs, cwd, ask, stderr: { write }, stdout: { write } } as unknown as Io;
  const imageGroups = () => Promise.resolve({ kind: 'no-api' });
  const { client, project } = server;
  const context = { client, project, options: parseOptions(args), io, call, imageGroups };
  const reason = await reasonOf(action(context as never));
  return { asked, orders: server.orders, ...reason, text };
}

export type EditorAction = (context: never, open: { readonly origin: string }) => Promise<unknown>;

export async function editor(action: EditorAction, world: World): Promise<Seen> {
  const server = serverOf(world);
  const asked: string[] = [];
  let page = '';
  const showPage = (markdown: string): Promise<void> => {
    page = markdown.replaceAll(/\\(.)/g, '$1');
    return Promise.resolve();
  };
  const { pick } = answers;
  // Reads the plan first, then presses the first button that acts.
  answers.pick = (items) => (items[0]?.label === 'Back to the Question' ? items[0] : pick?.(items));
  answers.modal = (question, detail, buttons) => {
    const [first, acts] = buttons;
    if (world.leadsOn !== undefined && buttons.includes(world.leadsOn)) return world.leadsOn;
    if (first === 'Show Plan' && page === '') return first;
    asked.push(`${question}\n${detail}\n${page}`);
    page = '';
    if (asked.length === 1) world.meanwhile?.(server);
    if (asked.length > 1 && world.again !== true) return undefined;
    return first === 'Show Plan' ? acts : first;
  };
  const open = { origin: 'https://gitlab.example', client: server.client, project: server.project };
  const guided = () => ({ dispose: () => undefined });
  const model = { trees: new Map(), refresh: () => Promise.resolve(), guided, watchStarted: () => undefined };
  const work = () => Promise.resolve(undefined);
  const facts = { imageGroups: () => Promise.resolve({ kind: 'no-api' }), bmcs: new Map(), atOim, work };
  const documents = { uriOf: (file: string) => ({ path: file, fsPath: file }) };
  const session = { current: () => Promise.resolve(open) };
  const context = { session, model, documents, showPage, facts: () => Promise.resolve(facts), ...editorParts };
  const reason = await reasonOf(action(context as never, open));
  Object.assign(answers, { modal: undefined, pick: undefined });
  return { asked, orders: server.orders, ...reason, text: asked.join('\n') };
}

function serverOf({ situation, afterCommit }: World): RecordingGitLab {
  const server = new RecordingGitLab(situation);
  server.afterCommit = () => afterCommit?.(server);
  return server;
}

function reasonOf(done: Promise<unknown>): Promise<Pick<Seen, 'refusal' | 'problem'>> {
  return done.then(
    () => ({ refusal: undefined, problem: undefined }),
    (error: unknown) => ({ refusal: String(error), problem: isUserError(error) ? error.problem : undefined }),
  );
}
