import { compareEntries, type EntryChange } from '@omnia-buildstream/core/failedNodes/compare';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import { traitsOf } from '@omnia-buildstream/core/mapping/versions';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { cadenceRemarks } from './cadence.ts';
import { cadenceCatalogPath, catalogPaths } from './inputFiles.ts';
import type { LocalInput, OnServer } from './prepare/localInput.ts';
import { branchOf, type OmniaProject } from './project.ts';
import { catalogPath, failedNodesPath, mappingPlaces, serverSwitches, serverFile } from './projectFiles.ts';
import { catalogRemarks } from './remarks.ts';
import { remarkTexts as texts } from './remarkTexts.ts';
import { mappingVersionOf, rowTouches, type RowTouches } from './prepare/rowTouches.ts';
import { planFacts, planOf, planOfNewJob, type MappingPlan } from './serverPlan.ts';

/** The files that differ from those on the default branch. @throws GitLabError, NotUtf8Error */
export async function changedInputs<T extends LocalInput>(
  project: OmniaProject,
  files: readonly T[],
): Promise<(T & OnServer)[]> {
  const ref = branchOf(project);
  const compared = await Promise.all(
    files.map(async (file) => ({ ...file, server: await serverFile(project, file.path, ref) })),
  );
  return compared.filter(({ text, server }) => server?.text !== text);
}

/** What committing files starts, and what to know beforehand. */
export interface CommitTouches {
  /** Plan of the committed mapping file, or of a cadence. Undefined if no nodes are planned for. */
  readonly plan: MappingPlan | undefined;
  /** What GitLab then starts automatically; a cadence runs to completion. */
  readonly starts: 'nothing' | 'pipeline' | 'cadence';
  /** Changes to the mapping file. Undefined if it is not committed. */
  readonly rows: RowTouches | undefined;
  /** Changes to failed_nodes.json. */
  readonly entries: readonly EntryChange[];
  readonly remarks: readonly Phrase[];
}

/**
 * Committing the mapping file starts a deploy, committing the catalog starts a build, and committing the cadence's
 * catalog starts a run that boots nodes without asking again. Any other file starts nothing. @throws GitLabError,
 * NotUtf8Error
 */
export async function commitTouches(
  project: OmniaProject,
  files: readonly (LocalInput & OnServer)[],
): Promise<CommitTouches> {
  const catalogs = files.filter(({ path }) => catalogPaths.includes(path));
  const startsCadence = isCadence(files);
  const startsBuild = files.some(({ path }) => path === catalogPath);
  const about = await Promise.all(catalogs.map(({ text }) => catalogRemarks(project, text)));
  const cadence = startsCadence ? await cadenceRemarks(project, branchOf(project)) : [];
  const [rows] = files.flatMap((file) => rowTouches(project, file) ?? []);
  return {
    plan: await planAfter(project, files),
    starts: startsCadence
      ? 'cadence'
      : startsBuild || (rows !== undefined && !isSingle(project))
        ? 'pipeline'
        : 'nothing',
    rows,
    entries: files.flatMap(entryChanges),
    remarks: [...startRemarks(project, files), ...about.flat(), ...cadence],
  };
}

function startRemarks(project: OmniaProject, files: readonly LocalInput[]): Phrase[] {
  const has = (isOne: (path: string) => boolean): boolean => files.some(({ path }) => isOne(path));
  const started = [
    ...(has((path) => mappingVersionOf(project, path) !== undefined)
      ? [phrase(isSingle(project) ? texts.startsNoDeploy : texts.startsDeploy)]
      : []),
    ...(has((path) => path === catalogPath)
      ? [phrase(isSingle(project) ? texts.startsSingle : texts.startsBuild)]
      : []),
    ...(isCadence(files) ? [phrase(texts.startsCadence)] : []),
  ];
  const elsewhere = elsewhereRemarks(files);
  if (started.length > 0) return [...started, ...elsewhere];
  if (elsewhere.length > 0) return [...elsewhere, phrase(texts.startsNothing)];
  return [phrase(files.every(({ path }) => path === failedNodesPath) ? texts.startsNoRetry : texts.startsNothing)];
}

/** A mapping file in another folder has no effect: the router looks for exact paths. */
function elsewhereRemarks(files: readonly LocalInput[]): Phrase[] {
  const known: readonly string[] = mappingPlaces.map(({ path }) => path);
  const paths = files.map(({ path }) => path).filter((path) => isMappingName(path) && !known.includes(path));
  return paths.map((path) => phrase(texts.mappingElsewhere, { path: plainLine(path), places: known.join(', ') }));
}

function isMappingName(path: string): boolean {
  return path.endsWith('/pxe_mapping_file.csv') || path === 'pxe_mapping_file.csv';
}

function isSingle({ version }: Pick<OmniaProject, 'version'>): boolean {
  return version !== undefined && traitsOf(version).singlePipeline;
}

function isCadence(files: readonly LocalInput[]): boolean {
  return files.some(({ path }) => path === cadenceCatalogPath);
}

function entryChanges({ path, text, server }: LocalInput & OnServer): EntryChange[] {
  if (path !== failedNodesPath) return [];
  return compareEntries(readFailedNodesDocument(server?.text ?? '{}'), readFailedNodesDocument(text));
}

/** The plan of what committing these files starts or leads to. @throws GitLabError, NotUtf8Error */
export async function planAfter(project: OmniaProject, files: readonly LocalInput[]): Promise<MappingPlan | undefined> {
  const mapping = files.find(({ path }) => mappingVersionOf(project, path) !== undefined);
  const version = mapping === undefined ? undefined : mappingVersionOf(project, mapping.path);
  if (mapping === undefined || version === undefined) {
    return isCadence(files) ? planOfNewJob(project, branchOf(project)) : undefined;
  }
  const { path, text } = mapping;
  if (isCadence(files)) {
    const switches = await serverSwitches(project, { path, version }, branchOf(project));
    return planOf(text, version, { list: { kind: 'missing' }, known: undefined, hasRestarted: false, switches });
  }
  return planOf(text, version, await planFacts(project, { path, version }));
}
