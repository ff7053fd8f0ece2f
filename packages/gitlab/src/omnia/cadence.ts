import { parseCadence, type CadenceConfig } from '@omnia-buildstream/core/context/parseCadence';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { isGitLabError } from '../errors/gitlabError.ts';
import type { Commit } from '../model/commit.ts';
import { dateText } from './dateText.ts';
import { cadenceCatalogPath } from './inputFiles.ts';
import type { OmniaProject } from './project.ts';
import { serverFile } from './projectFiles.ts';
import { remarkTexts as texts } from './remarkTexts.ts';

/** Possible places of the watcher's settings: 2.2, then 2.3. */
const configPlaces = ['input/build_stream_config.yml', 'input/build_stream/build_stream_config.yml'];

/** What GitLab shows about past and future cadences, and where to find the rest. @throws GitLabError, NotUtf8Error */
export async function cadenceRemarks(project: OmniaProject, ref: string): Promise<Phrase[]> {
  const [commit, config] = await Promise.all([newestCommit(project, ref), configOf(project, ref)]);
  return [
    commit === undefined ? phrase(texts.noCadenceCatalog, { ref }) : commitPhrase(commit),
    ...(config === undefined ? [] : configPhrases(config)),
    phrase(texts.cadenceUnknown),
  ];
}

async function newestCommit({ client, project, reading }: OmniaProject, ref: string): Promise<Commit | undefined> {
  const where = { ref, path: cadenceCatalogPath, count: 1 };
  try {
    return (await client.files.commits(project.id, where, reading()))[0];
  } catch (error) {
    if (isGitLabError(error, 'not-found')) return undefined;
    throw error;
  }
}

async function configOf(project: OmniaProject, ref: string): Promise<CadenceConfig | undefined> {
  for (const place of configPlaces) {
    const file = await serverFile(project, place, ref);
    if (file !== undefined) return parseCadence(file.text);
  }
  return undefined;
}

function commitPhrase({ id, createdMs }: Commit): Phrase {
  const date = createdMs === undefined ? '?' : dateText(createdMs);
  return phrase(texts.cadenceCommit, { date, commit: id.slice(0, 8) });
}

function configPhrases({ isEnabled, intervalSeconds }: CadenceConfig): Phrase[] {
  const off = isEnabled === false ? [phrase(texts.cadenceOff)] : [];
  if (intervalSeconds === undefined) return off;
  return [...off, phrase(texts.cadenceInterval, { interval: intervalText(intervalSeconds) })];
}

function intervalText(seconds: number): string {
  return seconds % 3600 === 0 ? `${String(seconds / 3600)} h` : `${String(seconds)} s`;
}
