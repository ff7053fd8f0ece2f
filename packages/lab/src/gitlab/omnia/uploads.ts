import type { JobContext } from '../ci/handler.ts';
import { failedNodesPath } from './failedNodes.ts';
import type { OmniaLayout } from './layout.ts';
import type { PipelineService } from './service.ts';
import type { JobWords, StageName } from './words.ts';

/** What the jobs of a pipeline send to the management server, and from where. */
export interface Uploads {
  readonly service: PipelineService;
  readonly layout: OmniaLayout;
  readonly defaultBranch: string;
  /** Whether GITLAB_API_TOKEN is set in the project. */
  readonly hasApiToken: boolean;
}

/**
 * Whether it is a job of a cadence, which sends its inputs once, when it begins, and never the failed nodes list
 * (omnia.md section 3.3).
 */
export function isCadence({ stages }: Pick<JobContext, 'stages'>): boolean {
  return stages.includes('initialization');
}

/**
 * Uploads all input files, and before restart also the newest failed nodes list.
 * @returns whether the job continues
 */
export async function uploadInputs(
  uploads: Uploads,
  job: JobContext,
  { jobId, stage }: { readonly jobId: string; readonly stage: StageName | 'initialization' },
  words: JobWords,
): Promise<boolean> {
  const { service, layout } = uploads;
  words.step('Upload configuration files...');
  const files = await filesFor(uploads, job, stage, words);
  const refused = files.size === 0 ? undefined : service.upload(jobId, files);
  if (refused === undefined) {
    words.line(
      files.size === 0 ? '  [SKIP] No configuration files found to upload' : '  [OK] Configuration files uploaded',
    );
    return true;
  }
  const body = JSON.stringify({ detail: { error_code: refused.code, message: refused.message } });
  const goesOn = stage === 'validate' || (stage === 'restart' && layout.restartsWithoutFiles);
  const status = String(refused.status);
  words.line(
    goesOn
      ? `  [WARN] Config upload returned HTTP ${status}, continuing anyway`
      : `  ERROR: Upload failed (HTTP ${status})`,
  );
  words.line(body);
  return goesOn;
}

async function filesFor(
  { layout, defaultBranch, hasApiToken }: Uploads,
  job: JobContext,
  stage: StageName | 'initialization',
  words: JobWords,
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const name of layout.uploads) {
    const text = await job.read(`${layout.input}${name}`, layout.refreshes && hasApiToken ? job.ref : job.sha);
    words.line(text === undefined ? `    [-] ${name} (not found, skipping)` : `    [+] ${name}`);
    if (text !== undefined) files.set(name, text);
  }
  const list = stage === 'restart' ? await job.read(failedNodesPath, defaultBranch) : undefined;
  if (list === undefined) return files;
  words.line('    [+] miscellaneous/failed_nodes.json');
  return files.set('failed_nodes.json', list);
}
