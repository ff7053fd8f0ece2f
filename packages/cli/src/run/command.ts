import { cannotRun } from '../cannotRun.ts';
import type { CommandMain } from '../command.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { Io } from '../io.ts';
import { splitBackend, type CliBackend } from './backend.ts';
import { stagesHelp } from './help.ts';

/** Each stage is loaded when it is called. */
const stages: ReadonlyMap<string, () => Promise<CommandMain>> = new Map([
  ['deploy', async () => (await import('./deploy/command.ts')).deploy],
  ['restart', async () => (await import('./restart/command.ts')).restart],
  ['all', async () => (await import('./all/command.ts')).runAll],
  ['validate', async () => (await import('./validate/command.ts')).runValidateCommand],
  ['verify', async () => (await import('./validate/command.ts')).runVerifyCommand],
]);

type RunStage = (stage: string | undefined, args: readonly string[], io: Io) => Promise<ExitCode>;

/** What carries a stage out. */
const backends: Readonly<Record<CliBackend, RunStage>> = {
  direct: runFromHere,
  oim: async (stage, args, io) => (await import('./oim/command.ts')).runOnOim(stage, args, io),
};

/** `buildstream run STAGE`. */
export const run: CommandMain = async (args, io) => {
  const { backend, rest } = splitBackend(args);
  const [stage, ...options] = rest;
  return backends[backend](stage, options, io);
};

async function runFromHere(stage: string | undefined, args: readonly string[], io: Io): Promise<ExitCode> {
  if (stage === '--help' || stage === '-h') {
    await io.stdout.write(stagesHelp);
    return exitCodes.ok;
  }
  const load = stage === undefined ? undefined : stages.get(stage);
  if (load === undefined) {
    const what = stage === undefined ? 'Name the stage to run' : `There is no stage "${stage}"`;
    const known = [...stages.keys()].map((name) => `buildstream run ${name}`).join(', ');
    throw cannotRun('arguments', `${what}: ${known}.`);
  }
  const main = await load();
  return main(args, io);
}
