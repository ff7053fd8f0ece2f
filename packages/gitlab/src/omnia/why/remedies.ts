import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { Job } from '../../model/job.ts';
import { stageNames } from '../../tree/deployRun.ts';
import { deployAndValidateStage } from '../../tree/singleRun.ts';
import type { WhyFailed } from './whyFailed.ts';

/** What Omnia's documentation says to do about a failed job (omnia.md section 8.1). Sentences without a full stop. */
export const remedyTexts = {
  runner:
    'Check on the GitLab server that the runner is online (gitlab-runner list and verify), its network and cache, and the CI/CD variables. Jobs need a time-out of at least two hours',
  conflict:
    'The state of the BuildStreaM job does not allow this stage. Create the child pipeline anew from its parent',
  token:
    'Check the CI/CD variables with the client of the API (BSM_CLIENT_ID, BSM_CLIENT_SECRET) and get a new token. The auth log of the API on the management server (events.log from 2.3 on) has the reason',
  certificate: 'Set the CI/CD variable BSM_API_CERT to the certificate of the authority that signed that of the API',
  waited: 'The stage may still be running on the management server. Check its state there before you retry',
  catalog:
    'Compare the catalog with the sample of this Omnia version (schema_version 2). If its image group exists already, raise the version',
  repository: 'Check the repository configuration. The log on the management server tells which repository failed',
  build:
    'Check the log on the management server, and that the catalog has only functional groups that Omnia knows. When a retry ends with INTERNAL_ERROR, start a new build pipeline; it needs 200 GB of free disk space',
  deploy:
    'Check the log on the management server, and that mapping file and catalog have the same roles. Then start a new pipeline by hand',
  noGroup:
    'No image group is built, and only built ones are offered. Start a build pipeline; when it has passed, start the deploy pipeline again',
  bmcLogin: 'Enter user and password of the BMCs on the management server with credentials, then run prepare there',
  discovery:
    'Check that SMD of OpenCHAMI responds on the management server, and that no address and no MAC address is used twice in the mapping file',
  openchami:
    'The certificate or the token of OpenCHAMI has expired. Renew the certificate on the management server, then restart openchami.target there',
  metadata:
    'Check that haproxy listens on port 8443 of the management server, and that its hostname resolves (DNS) where it is asked',
  infiniband: 'Compare IB_NIC_NAME in the mapping file with the names of the slots that the hardware has',
  api: 'Check that the units omnia_build_stream and omnia_postgres and the playbook watcher are running on the management server, and their journal. The runner and the API must be in one subnet',
} as const;

type Remedy = keyof typeof remedyTexts;

/** A job that no runner took or finished. Source: GitLab's `failure_reason`. */
const runnerReasons: ReadonlySet<string> = new Set([
  'runner_system_failure',
  'stuck_or_timeout_failure',
  'job_execution_timeout',
  'no_matching_runner',
  'runner_unsupported',
  'scheduler_failure',
]);

/** Codes that mean something else for a pipeline than for a person who calls the API directly. */
const byCode: Readonly<Record<string, Remedy>> = {
  INVALID_STATE_TRANSITION: 'conflict',
  UPSTREAM_STAGE_NOT_COMPLETED: 'conflict',
  invalid_token: 'token',
  token_expired: 'token',
};

/** What a playbook ran into, according to its summary; the code says only that it failed. */
const byPlaybookWords: readonly (readonly [Pick<RegExp, 'test'>, Remedy])[] = [
  [/failed to discover ochami nodes/i, 'discovery'],
  [/metadata[- ]service/i, 'metadata'],
  [{ test: isOpenchamiRefusal }, 'openchami'],
  [/pci address/i, 'infiniband'],
  [/(?:bmc|idrac) (?:credentials?|user|password)/i, 'bmcLogin'],
];

/**
 * What the scripts print if there is no code. Source: Omnia's `.gitlab-ci-build.yml`, `-cadence.yml`,
 * `-deploy-child-template.yml`.
 */
const byWords: readonly (readonly [RegExp, Remedy])[] = [
  [/no built image group/i, 'noGroup'],
  [/BSM_API_CERT|certificate/i, 'certificate'],
  [/authentication failed|registration failed|token refresh|access_token|BSM_CLIENT_/i, 'token'],
  [/health check|connection refused|request timeout|DNS resolution|unreachable/i, 'api'],
  [/polling timed out|execution took longer/i, 'waited'],
  [/system failure/i, 'runner'],
];

/** OpenCHAMI's own client reports a certificate problem as x509; a refused token is a 401 from one of its services. */
function isOpenchamiRefusal(words: string): boolean {
  if (/\bx509\b/i.test(words)) return true;
  return /\b(?:openchami|ochami|smd|bss|boot-service)\b/i.test(words) && /\b401\b|certificate has expired/i.test(words);
}

const byStage: Readonly<Record<string, Remedy>> = {
  'parse-catalog': 'catalog',
  'generate-input-files': 'catalog',
  'configure-local-repository': 'repository',
  'create-local-repository': 'repository',
  'build-images': 'build',
  'build-image': 'build',
  'build-image-x86_64': 'build',
  'build-image-aarch64': 'build',
  [stageNames.deploy]: 'deploy',
  [deployAndValidateStage]: 'deploy',
};

/** Codes that say only that something failed; the stage in which it happened says more. */
const tellsNothing: ReadonlySet<string> = new Set([
  '',
  'INTERNAL_ERROR',
  'PLAYBOOK_EXECUTION_FAILED',
  'PLAYBOOK_FAILED',
  'PLAYBOOK_TIMEOUT',
  'SYSTEM_ERROR',
]);

/**
 * Stages that request something from the API and run no playbook. If the job quotes nothing from the API, the API did
 * not respond.
 */
const asking: ReadonlySet<string> = new Set(['initialization', stageNames.listImages]);

/**
 * What to do about the failure of a job. Empty if its failed nodes say more, or if nothing is documented.
 * @param ofApi advice on a code of the BuildStreaM API
 */
export function remedies(
  { cause, failedNodes, isLogHidden = false }: WhyFailed,
  { stage, failureReason = '' }: Pick<Job, 'stage' | 'failureReason'>,
  ofApi: (code: string) => readonly Phrase[],
): readonly Phrase[] {
  if (failedNodes.length > 0) return [];
  const code = cause?.code ?? '';
  const said = byCode[code] ?? (tellsNothing.has(code) ? remedyInWords(cause?.summary ?? '', code) : undefined);
  // A job that reached its time limit may have started something before, so its own words come first.
  const known = said ?? (runnerReasons.has(failureReason) ? 'runner' : undefined);
  if (known !== undefined) return [phrase(remedyTexts[known])];
  const ofStage = tellsNothing.has(code) && !isLogHidden ? stageRemedy(stage, cause === undefined) : undefined;
  return ofStage === undefined ? ofApi(code) : [phrase(remedyTexts[ofStage])];
}

/**
 * Without a code, a script's words may be about anything it requested; a playbook's words only about what it ran into.
 */
function remedyInWords(summary: string, code: string): Remedy | undefined {
  const tables = code === '' ? [...byPlaybookWords, ...byWords] : byPlaybookWords;
  return tables.find(([words]) => words.test(summary))?.[1];
}

function stageRemedy(stage: string, isSilent: boolean): Remedy | undefined {
  return byStage[stage] ?? (isSilent && asking.has(stage) ? 'api' : undefined);
}
