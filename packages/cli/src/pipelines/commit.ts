import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { jobText } from './jobText.ts';
import path from 'node:path';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { conflictsIn } from '@omnia-buildstream/core/text/conflicts';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { changedInputs } from '@omnia-buildstream/gitlab/omnia/commitInputs';
import type { LocalInput, OnServer } from '@omnia-buildstream/gitlab/omnia/prepare/localInput';
import { prepareCommit, type PreparedCommit } from '@omnia-buildstream/gitlab/omnia/prepare/prepareCommit';
import { inputNames, inputPathIn } from '@omnia-buildstream/gitlab/omnia/inputFiles';
import { branchOf } from '@omnia-buildstream/gitlab/omnia/project';
import { causeOf, cannotRun } from '../cannotRun.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { committedText, remoteText } from '../git.ts';
import { askAndSend } from './act.ts';
import type { ActionContext } from './context.ts';
import { nodeLines, serverPlanText } from './nodes.ts';
import { tellOutcome } from './outcome.ts';
import { omniaProject } from './project.ts';
import { phraseLines } from './remarks.ts';
import { cadenceText } from './touchText.ts';
import { warningLines } from './warn.ts';

/** `buildstream pipelines commit FILE…`: exactly the named input files, in one conditional commit. */
export async function commit(context: ActionContext): Promise<ExitCode> {
  const { options, io } = context;
  const project = omniaProject(context);
  const files = await Promise.all(options.names.map((name) => localInput(name, context)));
  if (files.length === 0) {
    throw cannotRun(
      'arguments',
      `Name the input files to commit, such as input/network_spec.yml. Expected: ${inputNames.join(', ')} and the catalogs.`,
    );
  }
  const changes = await changedInputs(project, files);
  if (changes.length === 0) {
    await io.stderr.write('Nothing to commit: these files are the same on the server.\n');
    return exitCodes.ok;
  }
  await refuseOtherBase(context, changes);
  const message =
    options.message ?? `Update ${changes.map((change) => path.posix.basename(change.path)).join(' and ')}`;
  const prepared = await prepareCommit(project, { changes, message });
  refuseObstacles(prepared);
  const text =
    `Commits to ${branchOf(context)} of ${context.project.path}:\n` +
    changes.map((change) => `  ${plainLine(change.path)}${change.server === undefined ? ' (new)' : ''}\n`).join('') +
    plannedText(prepared) +
    (await jobText(prepared.nodes, context)) +
    (await warningLines(context, undefined));
  const sent = await askAndSend(context, prepared, {
    act: 'commit',
    subject: `${changes.map((change) => change.path).join(', ')} on ${branchOf(context)}`,
    touches: true,
    text,
    question: 'Commit it?',
    nothing: 'Nothing was committed.',
    own: undefined,
  });
  if ('code' in sent) return sent.code;
  const { end: result } = sent;
  if (result.kind === 'refused') {
    throw cannotRun('file', 'Nothing was committed: its effect has changed since it was shown. Run this again.');
  }
  if (result.kind === 'conflict') {
    throw cannotRun(
      'file',
      'The file was changed on the server in the meantime. Nothing was committed. Pull, merge, then run this again.',
    );
  }
  const look = `the newest commits of ${branchOf(context)}`;
  const code = await tellOutcome(result, { done: (made) => `Committed as ${made.commit.id.slice(0, 8)}`, look }, io);
  if ((result.kind !== 'done' && result.kind !== 'found') || result.value.check.kind === 'same') return code;
  const { check } = result.value;
  await io.stderr.write(
    check.kind === 'changed-since'
      ? `${check.paths.join(', ')} changed again on the server. Review it before you continue.\n`
      : `It could not be read back: ${check.error.message}. Check it before you continue.\n`,
  );
  return exitCodes.notAllDone;
}

/** What it does to rows, what it starts, and what it boots. */
function plannedText({ notes, touches }: PreparedCommit): string {
  const { plan, starts, rows } = touches;
  const list = (title: string, targets: readonly Target[]): string =>
    targets.length === 0 ? '' : `${title} ${String(targets.length)}\n${nodeLines(targets)}`;
  return (
    phraseLines(notes) +
    list('New rows:', rows?.added ?? []) +
    list('Removed rows:', rows?.removed ?? []) +
    (starts === 'cadence' ? cadenceText(plan) : plan === undefined ? '' : serverPlanText(plan))
  );
}

interface NamedInput extends LocalInput {
  /** Absolute. */
  readonly file: string;
}

/** @throws UserError when it is not an input file, or could not be committed as it is */
async function localInput(name: string, { io }: ActionContext): Promise<NamedInput> {
  const file = path.resolve(io.cwd, name);
  const place = inputPathIn(file);
  if (place === undefined) {
    throw cannotRun(
      'arguments',
      `${name} is not one of Omnia's input files below input/: ${inputNames.join(', ')}, or a catalog.`,
    );
  }
  const bytes = await io.fs.readFile(file).catch((error: unknown) => {
    throw cannotRun('file', `${name} cannot be read: ${causeOf(error)}.`);
  });
  const text = decoded(bytes, name).replace(/^\ufeff/, '');
  const [conflict] = conflictsIn(text);
  if (conflict === undefined) return { path: place, text, file };
  throw cannotRun(
    'file',
    `${name} has a merge conflict in line ${String(conflict.first + 1)}. Keep one side and remove the markers first.`,
  );
}

function decoded(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw cannotRun('file', `${name} is not UTF-8. Save it as UTF-8 first.`);
  }
}

/** A copy that was not based on the server's version would overwrite somebody else's change. */
async function refuseOtherBase(context: ActionContext, changes: readonly (NamedInput & OnServer)[]): Promise<void> {
  const { options, io } = context;
  if (options.merged) return;
  const others: string[] = [];
  for (const { file, path: place, server } of changes) {
    const bases = await Promise.all([committedText(file, io), remoteText(branchOf(context), file, io)]);
    if (!bases.some((base) => plain(base) === plain(server?.text))) others.push(plainLine(place));
  }
  if (others.length === 0) return;
  throw cannotRun(
    'file',
    `${others.join(', ')}: the server has another version than the one that yours was made from, as far as git knows here. ` +
      "Pull and merge first, so that nobody's change is lost; when your file holds both changes, add --merged.",
  );
}

/** Git shows a file without its byte order mark. */
function plain(text: string | undefined): string | undefined {
  return text?.replace(/^\ufeff/, '');
}
