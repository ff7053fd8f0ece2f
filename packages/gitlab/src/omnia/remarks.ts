import { catalogIdentity } from '@omnia-buildstream/core/context/catalogIdentity';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { findDeployRun } from '../tree/deployRun.ts';
import type { PipelineNode } from '../tree/nodes.ts';
import { cadenceRemarks } from './cadence.ts';
import { dateText } from './dateText.ts';
import { cleanupFacts, mostImageGroups, offeredGroups, type CleanupFacts } from './imageGroups.ts';
import { greenDeploy, inputChanges, type GreenDeploy } from './inputChanges.ts';
import { askListed } from './listedGroups.ts';
import type { OmniaProject } from './project.ts';
import { remarkTexts as texts } from './remarkTexts.ts';
import { isSameGroup } from './sameGroup.ts';
import { retryFacts, type RetryFacts } from './retryWays.ts';
import type { Touches } from './touches.ts';

const mostNamed = 10;

/** The action that the user is asked about, once its effect is known. */
export interface Remarked {
  /** Undefined before the pipeline exists. */
  readonly root: PipelineNode | undefined;
  readonly touches: Touches;
  /** Branch or commit of a new pipeline. */
  readonly ref: string;
}

/**
 * What to know before the user confirms, in addition to the plan and the warnings; the same for both front ends. What
 * GitLab does not show is mentioned. @throws GitLabError, NotUtf8Error
 */
export async function remarksOn(project: OmniaProject, { root, touches, ref }: Remarked): Promise<Phrase[]> {
  switch (touches.kind) {
    case 'restarts':
      return [...(await editRemarks(project, root)), ...(await inputRemarks(project, root, commitOf(root) ?? ref))];
    case 'makes-child':
      return inputRemarks(project, root, commitOf(root) ?? ref);
    case 'cadence':
      return [...(await cadenceRemarks(project, ref)), ...(await inputRemarks(project, root, ref))];
    case 'deletes':
    case 'chooses-deletion':
      return root === undefined ? [] : deletionRemarks(project, root, touches);
    default:
      return [];
  }
}

function commitOf(root: PipelineNode | undefined): string | undefined {
  return root === undefined || root.pipeline.sha === '' ? undefined : root.pipeline.sha;
}

/** Inputs changed since the last green deploy; Omnia's guide asks to change only necessary ones. @throws GitLabError */
export async function inputRemarks(
  project: OmniaProject,
  root: PipelineNode | undefined,
  to: string,
): Promise<Phrase[]> {
  const green = await greenDeploy(project, root);
  if (green === undefined) return [phrase(texts.noGreenDeploy)];
  const about = { pipeline: green.pipelineId, commit: green.sha.slice(0, 8) };
  const changes = await inputChanges(project, { from: green.sha, to });
  if (changes.kind === 'not-known') return [phrase(texts.inputsUnknown, about)];
  if (changes.paths.length === 0) return [phrase(texts.inputsSame, about)];
  return [phrase(texts.inputsChanged, { ...about, paths: listed(changes.paths) })];
}

/**
 * What was edited after the pipeline was created, before deploy is run for the first time. A retry mentions it in the
 * remarks on its ways.
 */
async function editRemarks(project: OmniaProject, root: PipelineNode | undefined): Promise<Phrase[]> {
  const run = root === undefined ? undefined : findDeployRun(root);
  if (root === undefined || run?.deploy?.status !== 'manual') return [];
  const facts = await retryFacts(project, root, run.node.pipeline.id);
  return facts === undefined ? [] : editPhrases(facts);
}

/** What each way to retry a child loses and uses; an edit that is not used comes first. */
export async function retryRemarks(
  project: OmniaProject,
  root: PipelineNode,
  childId: number,
): Promise<{ readonly facts: RetryFacts | undefined; readonly remarks: readonly Phrase[] }> {
  const facts = await retryFacts(project, root, childId);
  return { facts, remarks: facts === undefined ? [] : retryPhrases(facts) };
}

export function retryPhrases({ version, wanted, source, ref, edited, choosesImage }: RetryFacts): Phrase[] {
  const uses =
    source === 'own-commit' ? phrase(texts.usesOwnCommit) : phrase(texts.usesBranch, { ref: plainLine(ref) });
  return [
    ...editPhrases({ version, source, ref, edited }),
    wanted === 'jobs' ? phrase(texts.jobsWanted, { version }) : phrase(texts.childWanted, { version }),
    phrase(texts.jobsKeep),
    choosesImage ? phrase(texts.childLoses) : phrase(texts.cadenceChildLoses),
    uses,
    ...markPhrases(source, choosesImage),
  ];
}

/** Whether a retried restart reads marks. */
function markPhrases(source: RetryFacts['source'], choosesImage: boolean): Phrase[] {
  if (!choosesImage) return [phrase(texts.marksCadence)];
  return source === 'branch-with-token' ? [phrase(texts.marksBranch)] : [];
}

function editPhrases({ version, source, ref, edited }: Pick<RetryFacts, 'version' | 'source' | 'ref' | 'edited'>) {
  if (edited.kind === 'not-known') return [phrase(texts.editedUnknown, { ref: plainLine(ref) })];
  if (edited.paths.length === 0) return [];
  const text = source === 'own-commit' ? texts.editedOwnCommit : texts.editedBranch;
  return [phrase(text, { paths: listed(edited.paths), ref: plainLine(ref), version })];
}

async function deletionRemarks(
  project: OmniaProject,
  root: PipelineNode,
  touches: Extract<Touches, { kind: 'deletes' | 'chooses-deletion' }>,
): Promise<Phrase[]> {
  const [facts, green] = await Promise.all([cleanupFacts(project, root), greenDeploy(project)]);
  if (facts === undefined) return [];
  const groups = touches.kind === 'deletes' ? touches.imageGroups : [touches.imageGroup];
  const count = facts.listed.length;
  return [
    ...groups.flatMap((group) => groupPhrases(group, facts, green)),
    phrase(texts.groupCount, { count, most: mostImageGroups }),
  ];
}

function groupPhrases(given: string, { stateOf, listedMs }: CleanupFacts, green: GreenDeploy | undefined): Phrase[] {
  const group = plainLine(given);
  const state = stateOf(given);
  const told =
    state === undefined || listedMs === undefined
      ? phrase(texts.groupStateUnknown, { group })
      : phrase(texts.groupState, { group, state, date: dateText(listedMs) });
  const isInUse = green?.imageGroup !== undefined && isSameGroup(green.imageGroup, given);
  return isInUse ? [told, phrase(texts.groupInUse, { group, pipeline: green.pipelineId })] : [told];
}

/** The image group that committing a catalog creates, and whether that group exists. @throws GitLabError */
export async function catalogRemarks(project: OmniaProject, text: string): Promise<Phrase[]> {
  const identity = catalogIdentity(text);
  if (identity === undefined) return [phrase(texts.catalogUnclear)];
  const group = plainLine(identity.imageGroup);
  const makes = phrase(texts.catalogMakes, { group });
  const exists = (await isListed(project, identity.imageGroup)) || (await isOffered(project, identity.imageGroup));
  return exists ? [phrase(texts.catalogExists, { group }), makes] : [makes, phrase(texts.catalogNotSeen)];
}

/**
 * Whether the BuildStreaM API lists the group, if it is set up and responds. It lists no CLEANED groups, so a group
 * that is not listed may still exist.
 */
async function isListed(project: OmniaProject, imageGroup: string): Promise<boolean> {
  const known = await askListed(project);
  return known.kind === 'listed' && known.groups.some(({ id }) => id === imageGroup);
}

async function isOffered(project: OmniaProject, imageGroup: string): Promise<boolean> {
  return (await offeredGroups(project)).some((one) => isSameGroup(one, imageGroup));
}

function listed(paths: readonly string[]): string {
  const names = paths.slice(0, mostNamed).map(plainLine).join(', ');
  return paths.length > mostNamed ? `${names}, …` : names;
}
