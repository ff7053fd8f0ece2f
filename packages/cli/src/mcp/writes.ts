import type { Source } from '@omnia-buildstream/tools/answer';
import type { Prepared, WriteTools } from '@omnia-buildstream/tools/writing/plannedWrite';
import type { CommandMain } from '../command.ts';
import type { Io } from '../io.ts';
import { answerOf } from './answers.ts';
import { prepareFix } from './fixMapping.ts';
import { hear } from './hear.ts';
import type { LongRuns } from './longRuns.ts';
import { one, type Reach } from './options.ts';
import { mappingIn } from './places.ts';

/** A command that shows what it would do with --dry-run, and does exactly that with --plan. */
interface PlannedCommand {
  /** Of what is done, in our words. */
  readonly action: string;
  readonly from: readonly Source[];
  readonly load: () => Promise<CommandMain>;
  readonly args: readonly string[];
}

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
    run_stage: async ({ stage, backend, image, file, nodes = [], failed = false }, signal) => {
      const isOim = backend === 'oim';
      const where = isOim ? 'by the management server' : 'from this computer';
      const args = [
        stage,
        `--backend=${backend}`,
        ...one('image', image),
        ...one('mapping', await mappingIn(file, io)),
        ...nodes.map((name) => `--nodes=${name}`),
        ...(failed ? ['--failed'] : []),
        ...(isOim ? reach.api : reach.bmc),
      ];
      const load = async (): Promise<CommandMain> => (await import('../run/command.ts')).run;
      const of: readonly Source[] = ['the mapping file', isOim ? 'the management server' : 'BMCs'];
      return prepare({ action: `Run the ${stage} stage ${where}`, from: of, load, args }, signal);
    },
  };
}

interface World {
  readonly io: Io;
  readonly runs: LongRuns;
  readonly signal: AbortSignal;
}

async function prepareCommand(
  { action, from, load, args }: PlannedCommand,
  { io, runs, signal }: World,
): Promise<Prepared> {
  const main = await load();
  const [options, names] = splitAtNames(args);
  const heard = await hear(main, [...options, '--dry-run', ...names], io, signal);
  const { plan } = heard;
  if (plan === undefined || heard.code !== 0) return { ended: answerOf(heard, from, 'Nothing was changed.') };
  const { digest, nodes } = plan;
  const exactly = [...options, `--plan=${digest}`, '--yes', ...names];
  const text = `${heard.stdout}${heard.stderr}`;
  const work = async (inner: AbortSignal) => answerOf(await hear(main, exactly, io, inner), from, '');
  return { planned: { action, nodes, text, from, digest, run: (inner) => runs.run(action, work, inner) } };
}

/** Options stand before `--`. */
function splitAtNames(args: readonly string[]): readonly [readonly string[], readonly string[]] {
  const at = args.indexOf('--');
  return at < 0 ? [args, []] : [args.slice(0, at), args.slice(at)];
}
