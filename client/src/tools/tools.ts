import { saidOf } from '@omnia-buildstream/core/text/saidError';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { changesAllowed } from '@omnia-buildstream/runner/user/changesAllowed';
import { refusal, type ToolAnswer } from '@omnia-buildstream/tools/answer';
import { readArguments } from '@omnia-buildstream/tools/arguments/readArguments';
import { blocksOf } from '@omnia-buildstream/tools/foreign/blocks';
import { readTools } from '@omnia-buildstream/tools/table/readTools';
import { writeTools } from '@omnia-buildstream/tools/table/writeTools';
import { errorWords } from '../errors/errorWords.ts';
import type { EditorTools } from './editorTools.ts';
import { fileTools } from './fileTools.ts';
import type { ToolsPart, ToolsParts } from './toolsPart.ts';

const table = { ...readTools, ...writeTools };
type Name = keyof typeof table;

const notAllowed = 'Nothing was changed: the user has not allowed changes.';
const newMarker = (): string => crypto.randomUUID();

/** Entry point of the bundle. */
export function openTools(parts: ToolsParts, mayWrite: () => Promise<boolean> = changesAllowed): ToolsPart {
  const tools = editorTools(parts);
  return {
    invoke: async (name, given, signal) =>
      blocksOf(await answerOf(tools, { name, given, signal }, mayWrite), newMarker),
  };
}

interface Call {
  readonly name: string;
  readonly given: unknown;
  readonly signal: AbortSignal;
}

async function answerOf(
  tools: EditorTools,
  { name, given, signal }: Call,
  mayWrite: () => Promise<boolean>,
): Promise<ToolAnswer> {
  if (!isName(name)) return refusal('There is no such tool.');
  const read = readArguments(table[name].fields, given);
  if ('faults' in read) return refusal(read.faults.join(' '));
  if (name in writeTools && !(await mayWrite())) return refusal(notAllowed);
  const carryOut = tools[name] as (given: unknown, signal: AbortSignal) => Promise<ToolAnswer>;
  try {
    return await carryOut(read.arguments, signal);
  } catch (error) {
    return failure(error);
  }
}

function isName(name: string): name is Name {
  return Object.hasOwn(table, name);
}

/** Errors may contain words of servers, so their text counts as foreign. */
function failure(error: unknown): ToolAnswer {
  const words = errorWords(error);
  if (words === 'silent') return refusal('It was canceled.');
  const foreign = words?.text ?? wordsOf(saidOf(error));
  return {
    parts: [
      { own: 'It was not done.' },
      { foreign, from: ['files of the project', 'GitLab', 'the management server', 'BMCs'] },
    ],
    isError: true,
  };
}

function editorTools({ gitlab, stages, ...parts }: ToolsParts): EditorTools {
  return {
    ...fileTools(parts),
    list_pipelines: async (given, signal) => (await gitlab()).list_pipelines(given, signal),
    show_pipeline: async (given, signal) => (await gitlab()).show_pipeline(given, signal),
    job_log: async (given, signal) => (await gitlab()).job_log(given, signal),
    mark_booted: async (given, signal) => (await gitlab()).mark_booted(given, signal),
    retry_failed: async (given, signal) => (await gitlab()).retry_failed(given, signal),
    play_deploy: async (given, signal) => (await gitlab()).play_deploy(given, signal),
    power_state: async (given, signal) => (await stages()).power_state(given, signal),
    show_deployment: async (given, signal) => (await stages()).show_deployment(given, signal),
    run_stage: async (given, signal) => (await stages()).run_stage(given, signal),
  };
}
