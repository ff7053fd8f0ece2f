import type { DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import { parseArguments } from '../arguments.ts';
import { CannotRun } from '../cannotRun.ts';
import type { CommandMain } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Io } from '../io.ts';
import { withOim } from '../oim/access.ts';
import { accessOf, accessOptions } from '../oim/options.ts';
import { planDirectly } from './direct.ts';
import { planHelp } from './help.ts';
import { planOfStateFile } from './inputs.ts';
import { fileOptions, versionOption } from './options.ts';
import { planJson } from './planJson.ts';
import { planText } from './planText.ts';

const options = {
  ...fileOptions,
  ...accessOptions,
  backend: { type: 'string' },
  job: { type: 'string' },
  state: { type: 'string' },
  image: { type: 'string', default: '' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Values = ReturnType<typeof parseArguments<typeof options>>['values'];

/** `buildstream plan`: shows what the restart stage would do, as `run restart` with the same backend does. */
export const plan: CommandMain = async (args, io) => {
  const { values, positionals } = parseArguments(args, options);
  if (values.help) {
    await io.stdout.write(planHelp);
    return exitCodes.ok;
  }
  if (positionals.length > 0)
    throw new CannotRun('arguments', 'plan takes options only; name the mapping file with --mapping.');
  const { plan: made, basis } = await decided(values, io);
  await io.stdout.write(
    values.json ? `${JSON.stringify(planJson(made, basis), undefined, 2)}\n` : planText(made, basis),
  );
  return exitCodes.ok;
};

async function decided(values: Values, io: Io): Promise<DecidedRestart> {
  const { mapping, failed, image, state, job } = values;
  const version = versionOption(values.omnia);
  switch (values.backend) {
    case 'oim':
      return ofServer(values, io);
    case undefined:
    case 'direct':
      return state === undefined
        ? planDirectly({ mapping, failed, version, image, job }, io)
        : planOfStateFile({ mapping, failed, version, image, state }, io);
    default:
      throw new CannotRun('arguments', `--backend takes direct or oim, not "${values.backend}".`);
  }
}

/** As `run restart --backend oim` plans it: the job, its states and the files that are sent decide. */
async function ofServer(values: Values, io: Io): Promise<DecidedRestart> {
  const { mapping, failed, image, job, omnia } = values;
  if (image === '' && job === undefined) {
    throw new CannotRun('arguments', 'Name the image group with --image, or its job with --job.');
  }
  const { planOim } = await import('../run/server/plan.ts');
  const { signal } = new AbortController();
  const asked = { stages: ['restart'], mapping, failed, image, job, version: versionOption(omnia) } as const;
  const work = async (client: OimClient): Promise<DecidedRestart> => {
    const [stage] = (await planOim(client, asked, { io, signal })).stages;
    if (stage?.restart !== undefined) return stage.restart;
    throw new CannotRun('file', 'The restart stage cannot be planned from the files here.');
  };
  return withOim(accessOf(values, io), io, { signal, work });
}
