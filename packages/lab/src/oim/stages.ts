/** The stages that are started through the API here. */
export const oimStageNames = ['deploy', 'restart', 'validate'] as const;
export type OimStageName = (typeof oimStageNames)[number];

/** Stages of a 2.2 job before those, in their order (omnia.md section 7); the lab's images are built already. */
export const buildStageNames = [
  'parse-catalog',
  'generate-input-files',
  'create-local-repository',
  'update-local-repository',
  'create-image-repository',
  'build-image-x86_64',
  'build-image-aarch64',
  'upload',
] as const;

export type LabStageState = 'PENDING' | 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';

export interface LabStage {
  readonly name: string;
  state: LabStageState;
  /** 0 before the first start. */
  attempt: number;
  startedAt: Date | undefined;
  endedAt: Date | undefined;
  errorCode: string | undefined;
  errorSummary: string | undefined;
  logFile: string | undefined;
  resultDetail: Readonly<Record<string, unknown>> | undefined;
}

export function newStage(name: string): LabStage {
  return {
    name,
    state: 'PENDING',
    attempt: 0,
    startedAt: undefined,
    endedAt: undefined,
    errorCode: undefined,
    errorSummary: undefined,
    logFile: undefined,
    resultDetail: undefined,
  };
}

/** Begins an attempt: a finished stage is reset, and forgets how the attempt before ended. */
export function beginAttempt(stage: LabStage, now: Date, logFile: string): void {
  const fresh = newStage(stage.name);
  Object.assign(stage, fresh, { state: 'IN_PROGRESS', attempt: stage.attempt + 1, startedAt: now, logFile });
}
