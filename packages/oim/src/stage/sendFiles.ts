import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { OimClient, StageRequest, UploadFile } from '../api/oimClient.ts';
import type { OimJob } from '../model/job.ts';
import { OimError } from '../oimError.ts';
import { stageTexts } from './texts.ts';
import type { UploadLog } from './uploadLog.ts';

interface Sending {
  readonly client: Pick<OimClient, 'job' | 'upload'>;
  readonly job: OimJob;
  readonly request: StageRequest;
  readonly files: readonly UploadFile[];
  readonly uploads: UploadLog;
}

/**
 * Sends the files before the stage is requested, and resolves to the note for the user. A finished job accepts no
 * files; restart and validate continue without the upload if the job already has exactly these files.
 * @throws OimError if the stage must not be requested
 */
export async function sendFiles(sending: Sending, signal: AbortSignal): Promise<Phrase | undefined> {
  const { client, job, request, files, uploads } = sending;
  if (files.length === 0) return undefined;
  const isThere = request.stage !== 'deploy' && (await uploads.isUploaded(job, files));
  await uploads.begin(job.id);
  try {
    const { total, changed } = await client.upload(job.id, files, signal);
    const after = await client.job(job.id, signal).catch(unlessAborted(signal));
    await uploads.accepted(job.id, files, after);
    return phrase(stageTexts.uploaded, { total, changed });
  } catch (error) {
    if (!OimError.is(error, 'conflict') || error.code !== 'JOB_IN_TERMINAL_STATE') throw error;
    await uploads.refused(job.id);
    if (!isThere) throw error;
    return phrase(stageTexts.sameFiles);
  }
}

/** Ignores OimErrors: reading the job only confirms the upload and may fail. */
function unlessAborted(signal: AbortSignal): (error: unknown) => undefined {
  return (error) => {
    if (signal.aborted || !(error instanceof OimError)) throw error;
    return undefined;
  };
}
