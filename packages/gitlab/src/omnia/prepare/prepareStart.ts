import type { PreparedStage } from '@omnia-buildstream/core/stage/preparedStage';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { WriteCalls } from '../../api/writes.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { PipelineType } from '../../tree/pipelineType.ts';
import { bootedBy } from '../actionPlan.ts';
import { cadenceRemarks } from '../cadence.ts';
import { notBesideCadence } from '../otherRuns.ts';
import type { OmniaProject } from '../project.ts';
import type { ServerMapping } from '../projectFiles.ts';
import { inputRemarks } from '../remarks.ts';
import { remarkTexts as texts } from '../remarkTexts.ts';
import { planAt, planIdentity, planOfNewJob, type MappingPlan } from '../serverPlan.ts';
import { startFacts, startPipelineShown, type Moved, type Written } from '../writes.ts';

export interface StartRequest {
  readonly type: PipelineType;
  readonly ref: string;
  /** In addition to the type. */
  readonly variables?: Readonly<Record<string, string>>;
}

export type StartRefusal = 'head-moved' | 'another-pipeline' | Moved;

/** A pipeline of one type. `nodes` are those that it boots without asking again. */
export interface PreparedStart extends PreparedStage<WriteCalls, Written<Pipeline, StartRefusal>> {
  /** The variables that the pipeline gets. */
  readonly variables: Readonly<Record<string, string>>;
  /** Newest commit of the ref when it was read. Undefined if no commit is visible. */
  readonly head: { readonly id: string; readonly title: string } | undefined;
  /** Undefined if the pipeline has no effect on nodes. */
  readonly leadsTo: LeadsTo | undefined;
}

export interface LeadsTo {
  /** Undefined if there is no mapping file. */
  readonly plan: (MappingPlan & ServerMapping) | undefined;
}

/** What each type does, and what to know beforehand. */
interface Kind {
  readonly does: Phrase;
  readonly leadsTo: (project: OmniaProject, ref: string) => Promise<LeadsTo | undefined>;
  readonly remarks: (project: OmniaProject, ref: string) => Promise<readonly Phrase[]>;
}

const none = { leadsTo: () => Promise.resolve(undefined), remarks: () => Promise.resolve([]) };

const kinds: Readonly<Record<PipelineType, Kind>> = {
  deploy: {
    does: phrase(texts.listsImages),
    leadsTo: async (project, ref) => ({ plan: await planAt(project, ref) }),
    remarks: (project, ref) => inputRemarks(project, undefined, ref),
  },
  cadence: {
    does: phrase(texts.runsCadence),
    leadsTo: async (project, ref) => ({ plan: await planOfNewJob(project, ref) }),
    remarks: async (project, ref) => [
      ...(await cadenceRemarks(project, ref)),
      ...(await inputRemarks(project, undefined, ref)),
    ],
  },
  cleanup: { ...none, does: phrase(texts.listsGroups) },
  build: { ...none, does: phrase(texts.buildsImages) },
};

/** @throws GitLabError, NotUtf8Error */
export async function prepareStart(
  project: OmniaProject,
  { type, ref, variables: given = {} }: StartRequest,
): Promise<PreparedStart> {
  const { does, leadsTo, remarks } = kinds[type];
  const facts = await startFacts(project, ref);
  const { headId, title = '' } = facts;
  const variables = { ...given, PIPELINE_TYPE: type };
  const led = await leadsTo(project, ref);
  const plan = led?.plan;
  const planned = planIdentity(plan);
  const decided = plan?.decision;
  return notBesideCadence<Written<Pipeline, StartRefusal>, PreparedStart>(project, undefined, {
    stage: undefined,
    backend: 'gitlab',
    imageGroup: '',
    jobId: undefined,
    restart: decided?.plan === undefined ? undefined : decided,
    nodes: type === 'cadence' ? bootedBy(plan) : [],
    files: [],
    notes: [does, ...(await remarks(project, ref))],
    obstacles: [],
    identity: JSON.stringify(['start', ref, headId ?? '', JSON.stringify(variables), planned]),
    variables,
    head: headId === undefined ? undefined : { id: headId, title },
    leadsTo: led,
    isNothing: false,
    asks: true,
    run: async (calls) => {
      const now = await leadsTo(project, ref);
      if (planIdentity(now?.plan) !== planned) return { kind: 'refused', reason: 'plan-changed' };
      return startPipelineShown(project, { ...facts, pipeline: { ref, variables } }, calls);
    },
    close: () => Promise.resolve(),
  });
}
