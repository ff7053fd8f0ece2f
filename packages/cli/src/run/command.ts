import { CannotRun } from '../cannotRun.ts';
import type { CommandMain } from '../commands.ts';
import { exitCodes } from '../io.ts';
import { isForOim } from './oimOptions.ts';
import { stagesHelp } from './stagesHelp.ts';

/** `buildstream run STAGE`. */
export const run: CommandMain = async ([stage, ...args], io) => {
  if (isForOim(args)) return (await import('./oim.ts')).runOnOim(stage, args, io);
  if (stage === '--help' || stage === '-h') {
    await io.stdout.write(stagesHelp);
    return exitCodes.ok;
  }
  if (stage === 'deploy') {
    const { deploy } = await import('./deploy.ts');
    return deploy(args, io);
  }
  if (stage !== 'restart') {
    const what = stage === undefined ? 'Name the stage to run' : `There is no stage "${stage}"`;
    throw new CannotRun('arguments', `${what}: buildstream run deploy, or buildstream run restart.`);
  }
  const { restart } = await import('./restart.ts');
  return restart(args, io);
};
