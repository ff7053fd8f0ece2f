/** The stages that can be started through the lab's API. */
export const oimStageNames = ['deploy', 'restart', 'validate'] as const;
export type OimStageName = (typeof oimStageNames)[number];

export type LabStageState = 'PENDING' | 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';

export interface LabStage {
  readonly name: string;
  state: LabStageState;
  /** 1 in a new row. */
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
    attempt: 1,
    startedAt: undefined,
    endedAt: undefined,
    errorCode: undefined,
    errorSummary: undefined,
    logFile: undefined,
    resultDetail: undefined,
  };
}

export function isOver({ state }: LabStage): boolean {
  return state === 'COMPLETED' || state === 'FAILED';
}

/**
 * Begins an attempt, which discards the result of the one before. Validate counts its first attempt as the second: its
 * row already exists, and the count always goes up (omnia.md section 7).
 */
export function beginAttempt(stage: LabStage, now: Date): void {
  const attempt = isOver(stage) || stage.name === 'validate' ? stage.attempt + 1 : stage.attempt;
  Object.assign(stage, newStage(stage.name), { state: 'IN_PROGRESS', attempt, startedAt: now });
}

const playbooks: Readonly<Record<OimStageName, string | undefined>> = {
  deploy: 'provision.yml',
  restart: 'set_pxe_boot.yml',
  validate: undefined,
};

/** Path of an attempt's log on the management server. Undefined for validate, which names none. */
export function logFileOf(jobId: string, name: OimStageName, attempt: number, begun: Date): string | undefined {
  const playbook = playbooks[name];
  if (playbook === undefined) return undefined;
  const [day = '', time = ''] = begun.toISOString().replaceAll(/[-:]/g, '').slice(0, 15).split('T');
  return `/opt/omnia/log/build_stream/${jobId}/${playbook}_${day}_${time}_attempt${String(attempt)}.log`;
}
