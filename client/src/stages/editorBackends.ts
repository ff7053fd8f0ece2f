import type { StageBackend } from '@omnia-buildstream/core/stage/preparedStage';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';

/** Who runs a stage of the editor's: VS Code over the BMCs, or the management server over the BuildStreaM API. */
export type EditorBackend = Exclude<StageBackend, 'gitlab'>;

/** What a stage may be limited to: nodes by name, those that failed before, and single checks. */
const limits = ['names', 'failed', 'checks'] as const;
type Limit = (typeof limits)[number];

/** A request as far as it limits a stage. */
export interface Limited {
  readonly names: readonly string[];
  readonly failed: boolean;
  readonly checks: readonly string[];
}

type StageTakes = Readonly<Record<Limit, boolean>>;
const onlyWhole: StageTakes = { names: false, failed: false, checks: false };

/** What each stage of each backend can be limited to. The management server takes no selection. */
const stageTakes: Readonly<Record<EditorBackend, Readonly<Record<StageName, StageTakes>>>> = {
  direct: {
    deploy: onlyWhole,
    restart: { names: true, failed: true, checks: false },
    validate: { names: true, failed: false, checks: true },
  },
  oim: { deploy: onlyWhole, restart: onlyWhole, validate: onlyWhole },
};

/** Those that need no server of their own come first. */
export const editorBackends = Object.keys(stageTakes) as readonly EditorBackend[];

export function isEditorBackend(value: unknown): value is EditorBackend {
  return editorBackends.some((one) => one === value);
}

/** The first limit of a request that a stage does not take; undefined: it takes them all. */
export function limitNotTaken(backend: EditorBackend, stage: StageName, limited: Limited): Limit | undefined {
  const isWanted = { names: limited.names.length > 0, failed: limited.failed, checks: limited.checks.length > 0 };
  return limits.find((limit) => isWanted[limit] && !stageTakes[backend][stage][limit]);
}

/**
 * Who runs a stage that is limited so and does not say it, the usual one first. Empty: nobody can limit it so.
 * @param stage undefined: any of them
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
