import type { Target } from '@omnia-buildstream/core/plan/targets';
import type { Obstacle, PreparedRun, StageNode, StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { whyTexts } from '@omnia-buildstream/core/stage/stageTexts';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { TestReport } from '@omnia-buildstream/core/testReport/types';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { Check } from '@omnia-buildstream/engine/validate/check';
import { checksOf } from '@omnia-buildstream/engine/validate/checksOf';
import type { ValidateEvent, ValidateSummary } from '@omnia-buildstream/engine/validate/events';
import { MoleculeValidator } from '@omnia-buildstream/engine/validate/molecule/moleculeValidator';
import type { MoleculeSettings } from '@omnia-buildstream/engine/validate/molecule/settings';
import { ProbeValidator } from '@omnia-buildstream/engine/validate/probeValidator';
import type { ImageEvidence } from '@omnia-buildstream/engine/validate/probes/image';
import type { Login } from '@omnia-buildstream/engine/validate/probes/login';
import type { NameSource } from '@omnia-buildstream/engine/validate/probes/names';
import { makeProbe } from '@omnia-buildstream/engine/validate/probes/probes';
import { nodeFiles } from '@omnia-buildstream/engine/files/fileSystem';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { AttemptFolder } from '@omnia-buildstream/engine/validate/report/attemptFolder';
import { runValidate } from '@omnia-buildstream/engine/validate/runValidate';
import type { CheckSettings, RunSettings } from '@omnia-buildstream/engine/validate/settings';
import type { TlsPolicy } from '@omnia-buildstream/http/tls/policy';
import { contactsOf, type Contact } from './contacts.ts';
import { kubeApiClient } from './kubeApi.ts';
import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { identityOfPlan, type PlainRun } from './preparedStage.ts';

/** Everything that a validate stage needs to know. */
export interface ValidateRequest {
  readonly targets: readonly Target[];
  /** Obstacles; absent if there are none. */
  readonly obstacles?: readonly Obstacle[];
  readonly checks: CheckSettings;
  /** IDs of the checks to run; absent: all. */
  readonly only?: ReadonlySet<string>;
  readonly settings: RunSettings;
  readonly clock: Clock;
  readonly names: NameSource;
  /** For the Kubernetes API. */
  readonly tls: TlsPolicy;
  /** Undefined: no logins. */
  readonly login: Login | undefined;
  readonly evidence: ImageEvidence;
  readonly skewLimitMs: number;
  /** Undefined: only our own checks. */
  readonly molecule: MoleculeSettings | undefined;
  /** Absolute; attempts are stored in its folder `validate`, or in the one that `reportsIn` names. */
  readonly stateFolder: string;
  /** Absolute; the project, inside which symbolic links are not followed. */
  readonly within: string;
  readonly reportsIn?: 'validate' | 'verify';
  readonly jobId: string;
  readonly runId: string;
}

/** A test stage as planned; nothing was contacted yet. */
export interface PreparedValidate extends PreparedRun<PlainRun<ValidateEvent>, ValidateEnd> {
  readonly contacts: readonly Contact[];
  readonly checks: readonly Check[];
}

export interface ValidateEnd {
  readonly summary: ValidateSummary;
  readonly report: TestReport;
}

const noteTexts = {
  withoutMolecule:
    'Molecule is not configured, so only the built-in checks run. To run it too, name its command and folder.',
  verifying: 'Verification after a run: whether the nodes are up, and the image of a sample of them.',
  withoutLogin: 'Without an SSH key no image is checked. To check some, name an SSH key.',
} as const;

function notesOf({ reportsIn, molecule, login }: ValidateRequest): readonly Phrase[] {
  if (reportsIn !== 'verify') return molecule === undefined ? [phrase(noteTexts.withoutMolecule)] : [];
  const verifying = phrase(noteTexts.verifying);
  return login === undefined ? [verifying, phrase(noteTexts.withoutLogin)] : [verifying];
}

/** Assembles the validate stage: our checks first, then Molecule. */
export function prepareValidate(request: ValidateRequest): PreparedValidate {
  const { clock, settings, molecule, only, checks: checkSettings, reportsIn = 'validate' } = request;
  const checks = checksOf(request.targets, checkSettings).filter(({ id }) => only?.has(id) ?? true);
  const probe = makeProbe({ ...request, api: kubeApiClient(request.tls, settings.checkLimitMs, clock) });
  const probes = new ProbeValidator(checks, probe, clock, settings);
  const validators = molecule === undefined ? [probes] : [probes, new MoleculeValidator(molecule, clock)];
  const plan = {
    stage: 'validate',
    backend: 'direct',
    imageGroup: checkSettings.expected.imageGroup,
    jobId: request.jobId,
    restart: undefined,
    nodes: testedNodes(request.targets, checks),
    files: [],
    notes: [],
    obstacles: request.obstacles ?? [],
  } satisfies Omit<StagePlan, 'identity'>;
  return {
    ...plan,
    // The job is only a name in the report, generated anew if none is given.
    identity: identityOfPlan({ ...plan, jobId: undefined }, [
      ...checks.map(({ id, hostname }) => JSON.stringify([id, hostname])),
      JSON.stringify(molecule?.command ?? []),
    ]),
    isNothing: checks.length === 0 && molecule === undefined,
    asks: true,
    contacts: contactsOf(checks),
    checks,
    async run({ emit, stop, stopAtOnce }) {
      refuseObstacles(plan);
      const reports = new OwnFolder(`${request.stateFolder}/${reportsIn}`, nodeFiles, request.within);
      const folder = await AttemptFolder.make(reports);
      return runValidate({
        validators,
        folder,
        clock,
        stageLimitMs: settings.stageLimitMs,
        imageGroup: checkSettings.expected.imageGroup,
        jobId: request.jobId,
        runId: request.runId,
        notes: notesOf(request),
        emit,
        stop: AbortSignal.any([stop, stopAtOnce]),
      });
    },
    close: () => Promise.resolve(),
  };
}

/** The nodes that have checks, each with its checks. */
function testedNodes(targets: readonly Target[], checks: readonly Check[]): StageNode[] {
  const kinds = new Map<string, string[]>();
  for (const { hostname, kind } of checks) kinds.set(hostname, [...(kinds.get(hostname) ?? []), kind]);
  return targets.flatMap((target) => {
    const found = kinds.get(target.hostname);
    return found === undefined ? [] : [{ target, why: phrase(whyTexts.testedBy, { checks: found.join(', ') }) }];
  });
}
