import path from 'node:path';
import { isJsonObject, textField } from '@omnia-buildstream/core/text/jsonFields';
import { noFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import { traitsOf, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { planRestart } from '@omnia-buildstream/core/plan/plan';
import type { StageName } from '@omnia-buildstream/engine/stage/events';
import type { StageRequest, UploadFile } from '@omnia-buildstream/oim/api/oimClient';
import { failedNodesPlace, validateRequests } from '@omnia-buildstream/oim/stage/inputFiles';
import { inputFilesBeside } from '@omnia-buildstream/runner/oim';
import { CannotRun, causeOf, codeOf } from '../../cannotRun.ts';
import type { Io } from '../../io.ts';
import { planText } from '../../plan/command.ts';
import { readPlanSources } from '../../plan/inputs.ts';
import { usualMapping } from '../../plan/options.ts';
import { readMapping, type Mapping } from '../mapping.ts';
import type { OimRunOptions } from './options.ts';

/** What a stage is given, and what it touches as far as the files here tell. */
export interface OimInputs {
  readonly request: StageRequest;
  readonly files: readonly UploadFile[];
  /** For people, before they are asked. */
  readonly touches: string;
}

interface Chosen {
  readonly stage: StageName;
  readonly jobId: string;
  readonly imageGroup: string;
}

/** @throws CannotRun */
export async function oimInputs(options: OimRunOptions, chosen: Chosen, io: Io): Promise<OimInputs> {
  if (chosen.stage === 'deploy') return deployInputs(options, chosen, io);
  const hasMapping = options.mapping !== undefined || (await usualMapping(io)) !== undefined;
  const mapping = hasMapping ? await readMapping(options, io) : undefined;
  return chosen.stage === 'restart'
    ? restartInputs(options, { ...chosen, mapping }, io)
    : validateInputs(mapping?.version ?? options.version ?? '2.2');
}

function validateInputs(version: OmniaVersion): OimInputs {
  const kind = traitsOf(version).catalogRoles ? '2.3' : '2.2';
  const touches = `It runs the tests of Omnia ${kind} and restarts no node.`;
  return { request: { stage: 'validate', ...validateRequests[kind] }, files: [], touches };
}

async function deployInputs(options: OimRunOptions, { imageGroup }: Chosen, io: Io): Promise<OimInputs> {
  const mapping = await readMapping(options, io);
  mapping.refuseErrors();
  const files = await inputFilesBeside(mapping.file, (file) => bytesOf(file, io));
  const roles = new Map<string, number>();
  for (const { functionalGroup } of mapping.rows) roles.set(functionalGroup, (roles.get(functionalGroup) ?? 0) + 1);
  const touches = [
    `It uploads ${files.map(({ name }) => name).join(', ')}.`,
    `It assigns the images to the nodes of ${mapping.file}, and restarts none:`,
    ...[...roles].map(([role, count]) => `  ${role}: ${String(count)}`),
  ].join('\n');
  return { request: { stage: 'deploy', imageGroupId: imageGroup }, files, touches };
}

/** The failed nodes go along, as the pipeline does it (omnia.md section 3.3), unless they are another job's. */
async function restartInputs(
  options: OimRunOptions,
  { jobId, imageGroup, mapping }: Chosen & { readonly mapping: Mapping | undefined },
  io: Io,
): Promise<OimInputs> {
  const place = options.failed ?? failedNodesPlace;
  const content = await bytesOf(place, io);
  if (content === undefined && options.failed !== undefined) {
    throw new CannotRun('file', `${place} cannot be read: there is no such file. Check the path.`);
  }
  const owner = content === undefined ? undefined : ownerOf(content);
  const isOurs = content !== undefined && (owner === undefined || owner.toLowerCase() === jobId.toLowerCase());
  const lines = [
    content === undefined
      ? `There is no ${place}, so the management server goes by what it has.`
      : isOurs
        ? `It uploads ${place}.`
        : `! ${place} belongs to job ${owner ?? ''}; it is not uploaded.`,
    mapping === undefined
      ? 'There is no mapping file here, so the nodes cannot be listed: those of the job that are not booted are restarted.'
      : await planOf(mapping, { imageGroup, failed: place, isOurs }, io),
  ];
  const files = isOurs ? [{ name: 'failed_nodes.json', content }] : [];
  return { request: { stage: 'restart' }, files, touches: lines.join('\n') };
}

async function planOf(
  { file, version }: Mapping,
  { imageGroup, failed, isOurs }: { readonly imageGroup: string; readonly failed: string; readonly isOurs: boolean },
  io: Io,
): Promise<string> {
  const sources = await readPlanSources({ mapping: file, failed, state: undefined }, version, io);
  const { rows, restartState, basis } = sources;
  const failedNodes = (isOurs ? sources.failedNodes : undefined) ?? noFailedNodes;
  return planText(planRestart({ rows, failedNodes, restartState, imageGroup, version }), basis);
}

function ownerOf(content: Uint8Array): string | undefined {
  try {
    const value = JSON.parse(Buffer.from(content).toString('utf8')) as unknown;
    return isJsonObject(value) ? textField(value, 'job_id') : undefined;
  } catch (error) {
    throw new CannotRun(
      'file',
      `failed_nodes.json is not JSON (${causeOf(error)}). The restart stage would fail on it; repair it first.`,
    );
  }
}

async function bytesOf(file: string, io: Io): Promise<Uint8Array | undefined> {
  try {
    return await io.fs.readFile(path.resolve(io.cwd, file));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new CannotRun('file', `${file} cannot be read: ${causeOf(error)}. Check the path.`);
  }
}
