import { refusal, type Source } from '@omnia-buildstream/tools/answer';
import type { Prepared, WriteTools } from '@omnia-buildstream/tools/writing/plannedWrite';
import type { CommandMain } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Io } from '../io.ts';
import { answerOf } from './answers.ts';
import { prepareFix } from './fixMapping.ts';
import { hear } from './hear.ts';
import type { LongRuns } from './longRuns.ts';
import type { Reach } from './options.ts';
import { mappingIn } from './places.ts';
import { stageCommand, type PlannedCommand } from './stageCommand.ts';

/** The tools that change something, by the commands of the same purpose. */
export function writesOf(io: Io, reach: Reach, runs: LongRuns): WriteTools {
  const prepare = (command: PlannedCommand, signal: AbortSignal) => prepareCommand(command, { io, runs, signal });
  const pipelines = async (): Promise<CommandMain> => (await import('../pipelines/command.ts')).pipelines;
  const from: readonly Source[] = ['GitLab', 'the mapping file'];
  return {
    fix_mapping: async ({ file }) => prepareFix(await mappingIn(file, io), io),
    mark_booted: ({ nodes }, signal) => {
      const args = ['mark', ...nodes.map((name) => `--nodes=${name}`)];
      return prepare({ action: 'Mark nodes as booted by hand', from, load: pipelines, args }, signal);
    },
    retry_failed: ({ pipeline }, signal) => {
      const action = `Retry what failed in pipeline #${String(pipeline)}`;
      return prepare({ action, from, load: pipelines, args: ['retry', String(pipeline)] }, signal);
    },
    play_deploy: ({ pipeline, job }, signal) => {
      const action = `Run the manual job of pipeline #${String(pipeline)}`;
      const args = ['play', String(pipeline), ...(job === undefined ? [] : ['--', job])];
      return prepare({ action, from, load: pipelines, args }, signal);
    },
    run_stage: async (given, signal) => {
      const command = stageCommand(given, reach, await mappingIn(given.file, io));
      return 'ended' in command ? command : prepare(command, signal);
    },
  };
}

/** The command would refuse it even after a yes: control nodes are confirmed by their number or at a terminal. */
const notThisWay =
  'Nothing was changed: no tool restarts control nodes and protected nodes from here, and these are among the nodes. ' +
  'Name others with nodes.';

interface World {
  readonly io: Io;
  readonly runs: LongRuns;
  readonly signal: AbortSignal;
}

async function prepareCommand(
  { action, from, load, args, asksNothing = false }: PlannedCommand,
  { io, runs, signal }: World,
): Promise<Prepared> {
  const main = await load();
  const [options, names] = splitAtNames(args);
  const heard = await hear(main, [...options, '--dry-run', ...names], io, signal);
  const { plan } = heard;
  if (plan === undefined || heard.code !== 0) return { ended: answerOf(heard, from, 'Nothing was changed.') };
  const { digest, nodes, control } = plan;
  if (control.length > 0) {
    return { ended: refusal(notThisWay, { foreign: control.map(({ hostname }) => hostname).join(', '), from }) };
  }
  const exactly = [...options, `--plan=${digest}`, ...(asksNothing ? [] : ['--yes']), ...names];
  const text = `${heard.stdout}${heard.stderr}`;
  const work = async (inner: AbortSignal) => {
    const ended = await hear(main, exactly, io, inner);
    return answerOf(ended, from, ended.code === exitCodes.ok ? 'It was carried out.' : '');
  };
  return { planned: { action, nodes, text, from, digest, run: (inner) => runs.run(action, work, inner) } };
}

/** Options come before `--`. */
function splitAtNames(args: readonly string[]): readonly [readonly string[], readonly string[]] {
  const at = args.indexOf('--');
  return at < 0 ? [args, []] : [args.slice(0, at), args.slice(at)];
}
