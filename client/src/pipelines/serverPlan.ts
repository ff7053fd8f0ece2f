import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { noFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import type { FailedNodes } from '@omnia-buildstream/core/failedNodes/types';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { assumeState } from '@omnia-buildstream/core/plan/assumeState';
import { planRestart, type Plan } from '@omnia-buildstream/core/plan/plan';
import type { PlanBasis } from '@omnia-buildstream/core/plan/planDocument';
import { targetsOf, type Target } from '@omnia-buildstream/core/plan/targets';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { severityOf } from '@omnia-buildstream/core/validation/settings';
import { commitAsOf } from '@omnia-buildstream/gitlab/api/commitAsOf';
import { readCall } from './actions/actionContext.ts';
import type { OpenProject } from './project/projectSession.ts';
import {
  branchOf,
  failedNodesIn,
  failedNodesPath,
  serverFile,
  serverMapping,
  writtenMs,
  type ServerMapping,
} from './files/serverFiles.ts';

/** What a plan is made of, besides the text of the mapping file. */
export interface PlanFacts {
  /** Undefined: there is no failed_nodes.json, or it is broken. */
  readonly failed: FailedNodes | undefined;
  readonly isFailedBroken: boolean;
  /** The rows when failed_nodes.json was written; undefined: not known. */
  readonly known: readonly Target[] | undefined;
}

export interface MappingPlan {
  readonly plan: Plan;
  readonly basis: PlanBasis;
  readonly facts: PlanFacts;
  /** Faults for which the deploy stage refuses the file. */
  readonly errors: number;
}

/** The plan of the mapping file of a branch or commit; undefined without one. @throws GitLabError, Refusal */
export async function planAt(open: OpenProject, ref: string): Promise<(MappingPlan & ServerMapping) | undefined> {
  const mapping = await serverMapping(open, ref);
  if (mapping === undefined) return undefined;
  return { ...mapping, ...planOf(mapping.text, mapping.version, await planFacts(open, mapping)) };
}

/** Reads what is known of earlier runs: always from the default branch, as Omnia does. @throws GitLabError, Refusal */
export async function planFacts(
  open: OpenProject,
  { path, version }: Pick<ServerMapping, 'path' | 'version'>,
): Promise<PlanFacts> {
  const branch = branchOf(open);
  const file = await serverFile(open, failedNodesPath, branch);
  const failed = file === undefined ? undefined : failedNodesIn(file);
  const timeMs = failed === undefined ? undefined : writtenMs(failed);
  const facts = { failed, isFailedBroken: file !== undefined && failed === undefined };
  if (timeMs === undefined) return { ...facts, known: undefined };
  // Rows that were added after the run that wrote the list are new.
  const place = { projectId: open.project.id, branch, path, timeMs };
  const commit = await commitAsOf(open.client, place, readCall());
  const before = commit === undefined ? undefined : await serverFile(open, path, commit.id);
  return { ...facts, known: before === undefined ? undefined : targetsOf(before.text, version) };
}

/** The plan for a text of the mapping file. */
export function planOf(text: string, version: OmniaVersion, facts: PlanFacts): MappingPlan {
  const rows = targetsOf(text, version);
  const restartState = assumeState(facts.failed, facts.known ?? rows);
  const failedNodes = facts.failed ?? noFailedNodes;
  return {
    plan: planRestart({ rows, failedNodes, restartState, imageGroup: '', version }),
    basis: facts.failed === undefined ? 'nothing-booted' : 'assumed',
    facts,
    errors: errorsIn(text, version),
  };
}

function errorsIn(text: string, version: OmniaVersion): number {
  const settings = { version, context: {}, overrides: new Map<string, never>(), encoding: { kind: 'utf8' } as const };
  const model = new MappingModel(new CsvDocument(text), mappingRules, settings);
  return model.findings().filter((finding) => severityOf(finding, settings) === 'error').length;
}
