import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';

/** What to do about an error code of the API (omnia.md section 7), in one sentence or more. */
const codeTexts: Readonly<Record<string, string>> = {
  invalid_credentials: "Check the API's user and password (BSM_API_USERNAME, BSM_API_PASSWORD).",
  max_clients_reached:
    'The API takes one client only, and it is registered already. Use its stored ID and secret: they are the CI variables BSM_CLIENT_ID and BSM_CLIENT_SECRET of the GitLab project. When they are lost, clean up GitLab on the management server and deploy it again.',
  client_exists:
    'A disabled client has this name. Enable or remove it on the management server; its secret does not work while it is disabled.',
  service_unavailable: "The API can't open its vault. Check its log on the management server.",
  invalid_client:
    'Check BSM_CLIENT_ID and BSM_CLIENT_SECRET; the valid ones are CI variables of the GitLab project. They are not tried again.',
  client_disabled: 'Enable the client on the management server.',
  invalid_scope: 'The client was registered without this scope.',
  insufficient_scope: 'The client was registered without the scope that this needs.',
  token_expired: 'Run it again.',
  invalid_token: 'Run it again; if that does not help, check the clock of the management server.',
  IDEMPOTENCY_CONFLICT: 'This key was used for another request. Use a new one.',
  INVALID_JOB_ID: 'A job ID is a UUID; the image list shows the job of each image group.',
  JOB_NOT_FOUND:
    'The API has no such job for this client. A job of another client looks the same, although its image group is listed: use the client that started the build (the CI variables of the GitLab project), or run a new build.',
  IMAGE_GROUP_NOT_FOUND: 'There is no such image group; the image list shows those that are there.',
  INVALID_IMAGE_GROUP_ID: 'An image group has a name of 1 to 128 characters.',
  IMAGEGROUP_MISMATCH: 'A job has exactly one image group. Leave the job out, or name the one of this image group.',
  STAGE_NOT_FOUND: 'This BuildStreaM has no such stage.',
  INVALID_STATE_TRANSITION: 'The stage is already running or queued. Run it again to follow it.',
  UPSTREAM_STAGE_NOT_COMPLETED: 'The order is build, deploy, restart, validate. Run the missing stage first.',
  PRECONDITION_FAILED:
    'The image group is not in a state from which this stage starts; one that is PASSED is not deployed again.',
  JOB_IN_TERMINAL_STATE: 'The job is finished and takes no more files.',
  INVALID_FILENAME:
    'This version of BuildStreaM takes the files that it names, and no others. Check that the project has the layout of the Omnia version that is installed.',
  FILE_SIZE_EXCEEDED: 'The API takes files of up to 5 MiB.',
  INVALID_STATUS: 'The API does not know this status of image groups.',
  RETENTION_LIMIT_EXCEEDED: 'Clean up image groups that you no longer need, then run the build again.',
  CLEANUP_STATE_INVALID:
    'Only image groups that are BUILT, DEPLOYED, RESTARTED, PASSED or FAILED can be cleaned up. Wait until the stage of this one is over.',
  ALREADY_CLEANED: 'Its images are deleted already: there is nothing left to do.',
  CLEANUP_S3_FAILED:
    'Images may be left in S3. Check the S3 service and the log on the management server, then run the cleanup again.',
  DEPLOY_EXECUTION_ERROR:
    'The stage could not be queued, so it did not start. Check the queue on the management server.',
  VALIDATION_EXECUTION_ERROR:
    'The tests could not be queued, so they did not start. Check the queue on the management server.',
  INTERNAL_ERROR: "The API failed while it worked on the request. Check the API's log on the management server.",
};

const statusTexts: Readonly<Record<number, string>> = {
  401: 'Sign in again.',
  403: 'This client may not do that.',
  409: 'Check the state of the job: the stage is probably running already.',
  412: 'The order is build, deploy, restart, validate. Run the missing stage first.',
  422: 'The request does not have the form that this version of the API expects.',
  429: 'The API is limiting requests. Wait a minute, then run it again.',
  500: "Check the API's log on the management server.",
};

/** Advice on responses that are not from the API itself: they have no error code, or a different format. */
const strangerTexts = {
  path: "The server has no such path. Check the address, which ends before /api/v1: https://HOST:PORT, or with the proxy's prefix.",
  proxy:
    'The response is from a proxy, not from the API. Check that the API is running on the management server (units omnia_build_stream and omnia_postgres), and that the proxy reaches it.',
} as const;

/** Names that newer versions use for the same codes. */
const otherNames: Readonly<Record<string, string>> = { max_clients_limit_reached: 'max_clients_reached' };

/** Codes of refusals because the job is finished: only another job helps. */
const finishedCodes = new Set(['PRECONDITION_FAILED', 'JOB_IN_TERMINAL_STATE']);

/** What to do when a finished job refuses. */
export const newBuildTexts = {
  newBuild: 'To boot other nodes or with other files, run a new build with a higher version of the image group.',
} as const;

/** @param isApi whether the response is from the API itself */
export function adviceFor(status: number, code: string, isApi: boolean): Phrase[] {
  if (code === '' && status === 404) return [phrase(strangerTexts.path)];
  if (!isApi && status >= 500) return [phrase(strangerTexts.proxy)];
  const advice = codeTexts[otherNames[code] ?? code] ?? statusTexts[Math.min(status, 500)];
  if (advice === undefined) return [];
  return finishedCodes.has(code) ? [phrase(advice), phrase(newBuildTexts.newBuild)] : [phrase(advice)];
}
