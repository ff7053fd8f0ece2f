import { refusal, type Source } from '@omnia-buildstream/tools/answer';
import type { ArgumentsOf } from '@omnia-buildstream/tools/arguments/readArguments';
import type { writeTools } from '@omnia-buildstream/tools/table/writeTools';
import type { Prepared } from '@omnia-buildstream/tools/writing/plannedWrite';
import type { CommandMain } from '../command.ts';
import { one, type Reach } from './options.ts';

/** A command that shows what it would do with --dry-run, and does exactly that with --plan. */
export interface PlannedCommand {
  /** What is done, in our words. */
  readonly action: string;
  readonly from: readonly Source[];
  readonly load: () => Promise<CommandMain>;
  readonly args: readonly string[];
  /** The command itself asks nothing before it runs, because it only reads on the nodes. */
  readonly asksNothing?: boolean;
}

type Given = ArgumentsOf<(typeof writeTools)['run_stage']['fields']>;

/** The command of a stage, or why there is none. @param mapping the mapping file in question */
export function stageCommand(
  { stage, backend, image, nodes = [], failed = false }: Given,
  reach: Reach,
  mapping: string,
): PlannedCommand | Extract<Prepared, { readonly ended: unknown }> {
  const isHere = backend === 'direct';
  const takes = { nodes: isHere && stage !== 'deploy', failed: isHere && stage === 'restart' };
  if ((nodes.length > 0 && !takes.nodes) || (failed && !takes.failed)) {
    return { ended: refusal('Nothing was changed: this stage takes all nodes. Leave out nodes and failed.') };
  }
  // From here it asks the nodes themselves, and no BMC.
  const isTest = isHere && stage === 'validate';
  return {
    action: `Run the ${stage} stage ${isHere ? 'from this computer' : 'on the management server'}`,
    from: ['the mapping file', isHere ? 'BMCs' : 'the management server'],
    load: async () => (await import('../run/command.ts')).run,
    args: [
      stage,
      `--backend=${backend}`,
      ...one('image', image),
      ...one('mapping', mapping),
      ...nodes.map((name) => `--nodes=${name}`),
      ...(failed ? ['--failed'] : []),
      ...(isTest ? [] : isHere ? reach.bmc : reach.api),
    ],
    asksNothing: isTest,
  };
}
