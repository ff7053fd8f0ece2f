import type { StageBackend } from '@omnia-buildstream/core/stage/preparedStage';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';

/** What runs a stage of the editor: VS Code through the BMCs, or the management server through the BuildStreaM API. */
export type EditorBackend = Exclude<StageBackend, 'gitlab'>;

/** How a stage can be limited: to nodes by name, to nodes that failed before, or to single checks. */
const limits = ['names', 'failed', 'checks'] as const;
type Limit = (typeof limits)[number];

/** The part of a request that limits a stage. */
export interface Limited {
  readonly names: readonly string[];
  readonly failed: boolean;
  readonly checks: readonly string[];
}

type StageTakes = Readonly<Record<Limit, boolean>>;
const onlyWhole: StageTakes = { names: false, failed: false, checks: false };

/** The limits that each stage of each backend supports. The management server supports none. */
const stageTakes: Readonly<Record<EditorBackend, Readonly<Record<StageName, StageTakes>>>> = {
  direct: {
    deploy: onlyWhole,
    restart: { names: true, failed: true, checks: false },
    validate: { names: true, failed: false, checks: true },
  },
  oim: { deploy: onlyWhole, restart: onlyWhole, validate: onlyWhole },
};

/** Backends that need no server come first. */
export const editorBackends = Object.keys(stageTakes) as readonly EditorBackend[];

export function isEditorBackend(value: unknown): value is EditorBackend {
  return editorBackends.some((one) => one === value);
}

/** The first limit of a request that a stage does not support. Undefined if it supports all of them. */
export function limitNotTaken(backend: EditorBackend, stage: StageName, limited: Limited): Limit | undefined {
  const isWanted = { names: limited.names.length > 0, failed: limited.failed, checks: limited.checks.length > 0 };
  return limits.find((limit) => isWanted[limit] && !stageTakes[backend][stage][limit]);
}

/**
 * The backends that can run a stage with these limits, the usual one first. Empty if no backend supports them.
 * @param stage undefined for any stage
 */
export function backendsTaking(
  stage: StageName | undefined,
  limited: Limited,
  usual: EditorBackend,
): readonly EditorBackend[] {
  const takes = (backend: EditorBackend): boolean =>
    (Object.keys(stageTakes[backend]) as readonly StageName[]).some(
      (name) => (stage === undefined || name === stage) && limitNotTaken(backend, name, limited) === undefined,
    );
  return [usual, ...editorBackends.filter((one) => one !== usual)].filter(takes);
}
