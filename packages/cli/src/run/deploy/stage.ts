import path from 'node:path';
import type { DeploySummary } from '@omnia-buildstream/engine/deploy/events';
import type { BmcCheck } from '@omnia-buildstream/engine/deploy/settings';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import { FileImageSource } from '@omnia-buildstream/provision/images/fileImageSource';
import { withTemplate } from '@omnia-buildstream/provision/images/imageTemplate';
import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import { OimImageSource } from '@omnia-buildstream/oim/images';
import { openchamiTarget, type ProvisionTarget } from '@omnia-buildstream/runner/deploy';
import {
  prepareDeploy,
  type DeployRequest,
  type DeployRun,
  type PreparedDeploy,
} from '@omnia-buildstream/runner/prepareDeploy';
import { cannotRun } from '../../cannotRun.ts';
import { inWords } from '../../errorWords.ts';
import type { Io } from '../../io.ts';
import { withOim } from '../../oim/access.ts';
import { accessOf } from '../../oim/options.ts';
import { readAuthorities } from '../authorities.ts';
import type { Mapping } from '../mapping.ts';
import { chooseImage } from './chooseImage.ts';
import type { DeployOptions, ImagesOption, ProvisionOption } from './options.ts';
import { deployEventLine, deploySummaryText } from './text.ts';
import { EventOutput } from '../eventOutput.ts';
import { recordedRun, type Told } from '../recorded.ts';
import type { Interrupts } from '../interrupts.ts';

const tokenName = 'BUILDSTREAM_OPENCHAMI_TOKEN';

/** Chooses the image group, plans, and hands both to `work`; closes what it opened. @throws UserError */
export async function withDeployment<T>(
  options: DeployOptions,
  mapping: Pick<Mapping, 'text' | 'version'>,
  { io, work }: { readonly io: Io; readonly work: (deployment: PreparedDeploy) => Promise<T> },
): Promise<T> {
  const { images, provision, ca, pins } = options;
  if (images === undefined) {
    throw cannotRun('arguments', 'Name the list of image groups with --images FILE or --images-api URL.');
  }
  if (provision === undefined) {
    throw cannotRun('arguments', 'Say where the boot configuration goes: --provision files:FOLDER or openchami:URL.');
  }
  const chosen = await chosenGroup(images, options, io);
  const group = options.template === undefined ? chosen : withTemplate(chosen, options.template);
  const tls = { ca: ca === undefined ? undefined : await readAuthorities(ca, io), pins };
  const target = await targetOf(provision, io);
  const { text, version } = mapping;
  const deployment = await prepared({ text, version, group, target, tls }, io);
  try {
    return await work(deployment);
  } finally {
    await deployment.close();
  }
}

async function prepared(request: DeployRequest, io: Io): Promise<PreparedDeploy> {
  try {
    return await prepareDeploy(request, io);
  } catch (error) {
    throw inWords(error);
  }
}

interface DeployWorld {
  readonly bmcCheck: BmcCheck;
  readonly interrupts: Interrupts;
  /** No other stage follows by itself. */
  readonly isAlone: boolean;
  readonly told: Told;
  readonly io: Io;
}

/** Runs the stage and shows what happens. */
export async function runDeployment(
  options: DeployOptions,
  deployment: PreparedDeploy,
  { bmcCheck, interrupts, isAlone, told, io }: DeployWorld,
): Promise<DeploySummary> {
  const output = new EventOutput(io.stdout);
  const run: DeployRun = {
    bmcCheck,
    bmcPort: options.bmcPort,
    settings: options.settings,
    jobId: options.job,
    emit: (event) => {
      const line = deployEventLine(event);
      if (options.isNdjson) output.event(event);
      else if (line !== undefined) output.line(line);
    },
    stop: interrupts.stop,
    stopAtOnce: interrupts.stopAtOnce,
  };
  const summary = await recordedRun(deployment, run, told, io);
  await output.flush();
  if (!options.isNdjson) await io.stdout.write(`\n${deploySummaryText(summary, isAlone)}`);
  return summary;
}

/** The image group that is named, or chosen at the terminal; nothing of it is changed. */
async function chosenGroup(images: ImagesOption, options: DeployOptions, io: Io): Promise<ImageGroup> {
  const people = options.isNdjson ? io.stderr : io.stdout;
  if (images.kind === 'file') {
    const source = new FileImageSource(path.resolve(io.cwd, images.file), io.fs.readFile);
    return chooseImage(options.image, source, people, io);
  }
  const access = { ...accessOf({ api: images.address, ca: options.ca, yes: options.yes }, io), pins: options.pins };
  const work = (client: OimClient): Promise<ImageGroup> =>
    chooseImage(options.image, new OimImageSource(client), people, io);
  return withOim(access, io, { signal: new AbortController().signal, work });
}

/** The token comes from the environment or the terminal, never from arguments. */
async function targetOf(option: ProvisionOption, io: Io): Promise<ProvisionTarget> {
  if (option.kind === 'files') {
    return { kind: 'files', folder: path.resolve(io.cwd, option.folder), within: io.cwd };
  }
  const token = io.env[tokenName] ?? (await io.askSecret('Token for OpenCHAMI (empty for none): '));
  if (token === undefined) {
    throw cannotRun('arguments', `There is no token for OpenCHAMI. Set ${tokenName}, empty for none.`);
  }
  return openchamiTarget(option.server, token.trim());
}
