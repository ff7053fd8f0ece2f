import { traitsOf } from '@omnia-buildstream/core/mapping/versions';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { commitAndReadBack, type CommitResult } from '../api/committed.ts';
import type { TextFile } from '../api/editFile.ts';
import type { FileUpdate } from '../api/files.ts';
import type { WriteCalls } from '../api/writes.ts';
import { cadenceRemarks } from './cadence.ts';
import { cadenceCatalogPath, catalogPaths } from './inputFiles.ts';
import { branchOf, type OmniaProject } from './project.ts';
import { catalogPath, mappingPlaces, serverSwitches, serverFile } from './projectFiles.ts';
import { catalogRemarks } from './remarks.ts';
import { remarkTexts as texts } from './remarkTexts.ts';
import { planFacts, planOf, planOfNewJob, type MappingPlan } from './serverPlan.ts';

/** An input file of the user's. */
export interface LocalInput {
  /** In the repository. */
  readonly path: string;
  /** Without byte order mark: Omnia fails on one. */
  readonly text: string;
}

/** What the default branch has of a file; undefined: no such file yet. */
export interface OnServer {
  readonly server: TextFile | undefined;
}

/** The files that differ from the default branch's. @throws GitLabError, NotUtf8Error */
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

/** What a commit of files starts, and what there is to know before. */
export interface CommitTouches {
  /** Of the mapping file when it is committed, or of a cadence; undefined: no node is planned for. */
  readonly plan: MappingPlan | undefined;
  readonly startsCadence: boolean;
  /** That or any other pipeline. */
  readonly startsPipeline: boolean;
  readonly remarks: readonly Phrase[];
}

/**
 * A commit of the mapping file starts a deploy, of the catalog a build, and of the cadence's catalog a run that boots
 * nodes without another question; of any other input nothing. @throws GitLabError, NotUtf8Error
 */
export async function commitTouches(project: OmniaProject, files: readonly LocalInput[]): Promise<CommitTouches> {
  const mapping = files.find(({ path }) => mappingPlaces.some((place) => place.path === path));
  const catalogs = files.filter(({ path }) => catalogPaths.includes(path));
  const startsCadence = catalogs.some(({ path }) => path === cadenceCatalogPath);
  const startsBuild = catalogs.some(({ path }) => path === catalogPath);
  const isSingle = project.version !== undefined && traitsOf(project.version).singlePipeline;
  const started = [
    ...(mapping === undefined ? [] : [phrase(isSingle ? texts.startsNoDeploy : texts.startsDeploy)]),
    ...(startsBuild ? [phrase(isSingle ? texts.startsSingle : texts.startsBuild)] : []),
    ...(startsCadence ? [phrase(texts.startsCadence)] : []),
  ];
  const about = await Promise.all(catalogs.map(({ text }) => catalogRemarks(project, text)));
  const cadence = startsCadence ? await cadenceRemarks(project, branchOf(project)) : [];
  return {
    plan: await planAfter(project, mapping, startsCadence),
    startsCadence,
    startsPipeline: startsCadence || startsBuild || (mapping !== undefined && !isSingle),
    remarks: [...(started.length === 0 ? [phrase(texts.startsNothing)] : started), ...about.flat(), ...cadence],
  };
}

async function planAfter(
  project: OmniaProject,
  mapping: LocalInput | undefined,
  startsCadence: boolean,
): Promise<MappingPlan | undefined> {
  if (mapping === undefined) return startsCadence ? planOfNewJob(project, branchOf(project)) : undefined;
  const { path, text } = mapping;
  const place = mappingPlaces.find((one) => one.path === path) ?? mappingPlaces[0];
  const version = project.version ?? place.version;
  if (startsCadence) {
    const switches = await serverSwitches(project, { path, version }, branchOf(project));
    return planOf(text, version, { list: { kind: 'missing' }, known: undefined, hasRestarted: false, switches });
  }
  return planOf(text, version, await planFacts(project, { path, version }));
}

/** Commits the chosen files and no others, each only when it is still the one that was compared; reads them back. @throws GitLabError */
export function commitInputs(
  project: OmniaProject,
  { changes, message }: { readonly changes: readonly (LocalInput & OnServer)[]; readonly message: string },
  calls: WriteCalls,
): Promise<CommitResult> {
  const files = changes.map(({ path, text, server }): FileUpdate => ({
    path,
    content: new TextEncoder().encode(text),
    lastCommitId: server?.file.lastCommitId,
  }));
  const commit = { branch: branchOf(project), message, files };
  return commitAndReadBack(project.client, { projectId: project.project.id, commit }, calls);
}
