import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';

/** What to do about a code of the API (omnia.md section 7), in a sentence. */
const codeTexts: Readonly<Record<string, string>> = {
  invalid_credentials: "Check the API's user and password (BSM_API_USERNAME, BSM_API_PASSWORD).",
  max_clients_reached:
    'The API takes one client only, and it is registered already. Use its stored id and secret: they are the CI variables BSM_CLIENT_ID and BSM_CLIENT_SECRET of the GitLab project.',
  client_exists:
    'A client of this name is registered already. Use its stored id and secret: they are the CI variables BSM_CLIENT_ID and BSM_CLIENT_SECRET of the GitLab project.',
  invalid_client:
    'Check BSM_CLIENT_ID and BSM_CLIENT_SECRET; the valid ones are CI variables of the GitLab project. They are not tried again.',
  client_disabled: 'Have the client enabled on the management server.',
  invalid_scope: 'The client was registered without this scope.',
  insufficient_scope: 'The client was registered without the scope that this needs.',
  token_expired: 'Run it again.',
  invalid_token: 'Run it again; if that does not help, check the clock of the management server.',
  IDEMPOTENCY_CONFLICT: 'The same key was used for another request; use a new one.',
  INVALID_JOB_ID: 'A job id is a UUID; the image list shows the job of each image group.',
  JOB_NOT_FOUND: 'There is no such job, or it belongs to another client. The image list shows the jobs.',
  IMAGE_GROUP_NOT_FOUND: 'There is no such image group; the image list shows those that are there.',
  INVALID_IMAGE_GROUP_ID: 'An image group has a name of 1 to 128 characters.',
  IMAGEGROUP_MISMATCH: 'A job has exactly one image group. Leave the job out, or name the one of this image group.',
  STAGE_NOT_FOUND: 'This BuildStreaM has no such stage.',
  JOB_IN_TERMINAL_STATE: 'The job is finished and takes no more files.',
  INVALID_FILENAME: 'Rename the file as Omnia has it.',
  FILE_SIZE_EXCEEDED: 'The file is too large for the API.',
  INVALID_STATUS: 'The API does not know this status of image groups.',
};

const statusTexts: Readonly<Record<number, string>> = {
  401: 'Sign in anew.',
  403: 'This client may not do that.',
  409: 'Look at the state of the job: the stage is probably running already.',
  412: 'The order is deploy, restart, validate: deploy needs a finished image build, restart an image group that is DEPLOYED, validate one that is RESTARTED.',
  422: 'The request is not as this version of the API wants it.',
  429: 'The API is asked too often; wait a minute and run it again.',
  500: "Look at the API's log on the management server.",
};

export function adviceFor(status: number, code: string): Phrase[] {
  const advice = codeTexts[code] ?? statusTexts[Math.min(status, 500)];
  return advice === undefined ? [] : [phrase(advice)];
}
