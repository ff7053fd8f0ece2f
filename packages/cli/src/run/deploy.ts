import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { planDeploy, type DeployPlan } from '@omnia-buildstream/core/plan/planDeploy';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { DeployEvent, DeploySummary } from '@omnia-buildstream/engine/deploy/events';
import { bootRequest } from '@omnia-buildstream/engine/deploy/runDeploy';
import { ProvisionError, type BootProvisioner } from '@omnia-buildstream/engine/ports/bootProvisioner';
import type { ImageGroup, RoleImage } from '@omnia-buildstream/engine/ports/images';
import type { TlsPolicy } from '@omnia-buildstream/http/tls/policy';
import { FileImageSource } from '@omnia-buildstream/provision/images/fileImageSource';
import { withTemplate } from '@omnia-buildstream/provision/images/imageTemplate';
import { Token } from '@omnia-buildstream/provision/openchami/token';
import { deploy as deployStage, openProvisioner, type ProvisionTarget } from '@omnia-buildstream/runner/deploy';
import { CannotRun } from '../cannotRun.ts';
import { confirm } from '../confirm.ts';
import { exitCodes, type Io } from '../io.ts';
import { textOf } from '../plan/inputs.ts';
import { planFiles } from '../plan/options.ts';
import { detect } from '../validate/detect.ts';
import { askSecret } from './askSecret.ts';
import { readAuthorities } from './authorities.ts';
import { checkMapping } from './checkMapping.ts';
import { chooseImage } from './chooseImage.ts';
import { deployHelp } from './deployHelp.ts';
import { parseDeployOptions, type DeployOptions, type ProvisionOption } from './deployOptions.ts';
import { deployEventLine, deployPlanText, deploySummaryText } from './deployText.ts';
import { listenForInterrupts } from './interrupts.ts';

/** The checks found something, some nodes failed, or were not tried. */
const someFailed = 3;
const tokenName = 'BUILDSTREAM_OPENCHAMI_TOKEN';

/** `buildstream run deploy`: image group, plan, confirmation, checks, hand-over, summary. */
export async function deploy(args: readonly string[], io: Io): Promise<number> {
  const options = parseDeployOptions(args);
  if (options.help) {
    await io.stdout.write(deployHelp);
    return exitCodes.ok;
  }
  const { images, provision } = options;
  if (images === undefined) throw new CannotRun('arguments', 'Name the list of image groups with --images.');
  if (provision === undefined) {
    throw new CannotRun(
      'arguments',
      'Say where the boot configuration goes: --provision files:FOLDER or openchami:URL.',
    );
  }
  const { rows, mappingErrors } = await readMapping(options, io);
  const people = options.isNdjson ? io.stderr : io.stdout;
  const source = new FileImageSource(path.resolve(io.cwd, images), readFile);
  const chosen = await chooseImage(options.image, source, people, io);
  const group = options.template === undefined ? chosen : withTemplate(chosen, options.template);
  const plan = planDeploy({ rows, imageGroup: group.id, images: group.images });
  const { ca } = options;
  const tls = { ca: ca === undefined ? undefined : await readAuthorities(ca, io), pins: options.pins };
  const open = openProvisioner(await targetOf(provision, io), tls);
  try {
    return await planAndRun(options, { group, plan, mappingErrors, provisioner: open.provisioner, tls }, io);
  } finally {
    await open.close();
  }
}

interface Deployment {
  readonly group: ImageGroup;
  readonly plan: DeployPlan<RoleImage>;
  readonly mappingErrors: readonly string[];
  readonly provisioner: BootProvisioner;
  readonly tls: TlsPolicy;
}

async function planAndRun(options: DeployOptions, deployment: Deployment, io: Io): Promise<number> {
  const { plan, mappingErrors, provisioner } = deployment;
  const { bmcCheck } = options;
  const people = options.isNdjson ? io.stderr : io.stdout;
  const outdated = await outdatedOf(deployment);
  await people.write(`${deployPlanText(plan, { target: provisioner.name, outdated, bmcCheck })}\n`);
  const count = plan.nodes.length;
  const question = `Deploy ${String(count)} ${count === 1 ? 'node' : 'nodes'} now?`;
  // With errors in the mapping file the checks only report: nothing can be changed.
  const canChange = mappingErrors.length === 0 && plan.lacking.length === 0;
  if (canChange && !(await confirm(question, options.yes, io))) {
    throw new CannotRun('arguments', 'Nothing was changed.');
  }
  const { outcome } = await run(options, deployment, io);
  if (outcome === 'provisioner-failed') return exitCodes.cannotRun;
  return outcome === 'deployed' ? exitCodes.ok : someFailed;
}

async function outdatedOf({ plan, provisioner }: Deployment): Promise<readonly string[]> {
  try {
    return await provisioner.outdated(bootRequest(plan, ''), new AbortController().signal);
  } catch (error) {
    if (error instanceof ProvisionError) throw new CannotRun('file', `${error.message}. Nothing was changed.`);
    throw error;
  }
}

async function run(options: DeployOptions, deployment: Deployment, io: Io): Promise<DeploySummary> {
  const { group, plan, mappingErrors, provisioner, tls } = deployment;
  const interrupts = listenForInterrupts();
  let written: Promise<void> = Promise.resolve();
  const emit = (event: DeployEvent): void => {
    const line = options.isNdjson ? JSON.stringify(event) : deployEventLine(event);
    if (line !== undefined) written = written.then(() => io.stdout.write(`${line}\n`)).catch(() => undefined);
  };
  try {
    const summary = await deployStage(
      {
        plan,
        mappingErrors,
        settings: options.settings,
        bmcCheck: options.bmcCheck,
        jobId: options.job ?? group.jobId ?? '',
        provisioner,
        emit,
        stop: interrupts.stop,
        stopAtOnce: interrupts.stopAtOnce,
      },
      { tls, bmcPort: options.bmcPort },
    );
    await written;
    if (!options.isNdjson) await io.stdout.write(`\n${deploySummaryText(summary)}`);
    return summary;
  } finally {
    interrupts.dispose();
  }
}

async function readMapping(options: DeployOptions, io: Io) {
  const { mapping } = planFiles({ mapping: options.mapping }, io);
  const text = await textOf(mapping, io);
  const document = new CsvDocument(text);
  const version = options.version ?? detect(mapping, document, io.cwd);
  const rows = targetsOf(text, version);
  if (options.bmcCheck.kind === 'only') refuseUnknown(options.bmcCheck.hostnames, rows);
  return {
    rows,
    mappingErrors: mappingErrorsOf(() => {
      checkMapping(mapping, document, version);
    }),
  };
}

/** Errors of the mapping file are reported with all others, not before them. */
function mappingErrorsOf(check: () => void): string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof CannotRun) return [error.message];
    throw error;
  }
}

/** A misspelt name must not quietly check nothing. */
function refuseUnknown(names: readonly string[], rows: readonly { readonly hostname: string }[]): void {
  const known = new Set(rows.map(({ hostname }) => hostname.toLowerCase()));
  const unknown = names.filter((name) => !known.has(name.toLowerCase()));
  if (unknown.length > 0) throw new CannotRun('arguments', `No row of the mapping file is ${unknown.join(', ')}.`);
}

/** The token comes from the environment or the terminal, never from arguments. */
async function targetOf(option: ProvisionOption, io: Io): Promise<ProvisionTarget> {
  if (option.kind === 'files') return { kind: 'files', folder: path.resolve(io.cwd, option.folder) };
  const token = io.env[tokenName] ?? (await askSecret('Token for OpenCHAMI (empty for none): '));
  if (token === undefined) {
    throw new CannotRun('arguments', `There is no token for OpenCHAMI. Set ${tokenName}, empty for none.`);
  }
  return { ...option, token: new Token(token.trim()) };
}
