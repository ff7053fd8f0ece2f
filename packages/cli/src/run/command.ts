import { cannotRun } from '../cannotRun.ts';
import type { CommandMain } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { isForOim } from './server/options.ts';
import { stagesHelp } from './help.ts';

/** Each stage is loaded when it is called. */
const stages: ReadonlyMap<string, () => Promise<CommandMain>> = new Map([
  ['deploy', async () => (await import('./deploy/command.ts')).deploy],
  ['restart', async () => (await import('./restart/command.ts')).restart],
  ['all', async () => (await import('./all/command.ts')).runAll],
  ['validate', async () => (await import('./validate/command.ts')).runValidateCommand],
  ['verify', async () => (await import('./validate/command.ts')).runVerifyCommand],
]);

/** `buildstream run STAGE`. */
export const run: CommandMain = async ([stage, ...args], io) => {
  if (isForOim(args)) return (await import('./server/command.ts')).runOnOim(stage, args, io);
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
};
