import type { JobContext, JobResult } from '../ci/handler.ts';
import type { OmniaLayout } from './layout.ts';
import type { PipelineService, ServiceGroup } from './service.ts';
import type { JobWords } from './words.ts';

/** How long GitLab keeps the artifacts that pass on image groups, in milliseconds. */
export const artifactsKeptMs = 2 * 60 * 60 * 1000;

/** The words in which a pipeline offers image groups (omnia.md section 8): `status=BUILT` means "BUILT or later". */
interface Listing {
  readonly title: string;
  readonly found: (count: number) => string;
  readonly heading: string;
  /** Text in parentheses next to a button. */
  readonly button: (group: ServiceGroup) => string;
  /** Printed if there are none; a deploy then fails. */
  readonly nothing: { readonly words: readonly string[]; readonly status: JobResult['status'] };
}

const listings: Readonly<Record<'deploy' | 'cleanup', Listing>> = {
  deploy: {
    title: 'DEPLOY PIPELINE: List Available Image Groups',
    found: (count) => `Found ${String(count)} BUILT image group(s)`,
    heading: 'Available Image Groups:',
    button: ({ jobId, roles }) => `Job: ${jobId}, Roles: ${roles.join(', ')}`,
    nothing: {
      words: ['ERROR: No BUILT image groups available for deployment', 'Run the Build Pipeline first to build images'],
      status: 'failed',
    },
  },
  cleanup: {
    title: 'CLEANUP PIPELINE: List Cleanable Image Groups',
    found: (count) => `Found ${String(count)} cleanable image group(s)`,
    heading: 'Cleanable Image Groups:',
    button: ({ jobId, status }) => `Job: ${jobId}, Status: ${status}`,
    nothing: {
      words: [
        'INFO: No cleanable image groups available',
        'All image groups are either already CLEANED or do not exist',
      ],
      status: 'success',
    },
  },
};

/** Requests the image groups from the API and creates the child's jobs from them. */
export async function listImages(
  job: JobContext,
  words: JobWords,
  service: PipelineService,
  layout: OmniaLayout,
): Promise<JobResult> {
  const listing = listings[job.stages.includes('trigger_cleanup') ? 'cleanup' : 'deploy'];
  words.title(listing.title);
  const groups = await service.imageGroups(job);
  words.line(`  ${listing.found(groups.length)}`);
  words.line();
  if (groups.length === 0) {
    for (const text of listing.nothing.words) words.line(`  ${text}`);
    return { status: listing.nothing.status };
  }
  words.step(listing.heading);
  for (const { id, jobId, status, createdAt, roles } of groups) {
    words.line(`  - Image Group: ${id}`);
    words.line(`    Job ID: ${jobId}`);
    words.line(`    Status: ${status}`);
    words.line(`    Created: ${createdAt.toISOString()}`);
    words.line(`    Roles: ${roles.join(', ')}`);
    words.line();
  }
  for (const group of groups) words.line(`    - ${layout.selectJob(group.id)} (${listing.button(group)})`);
  return { status: 'success', artifacts: { imageGroups: groups.map(({ id }) => id), keptMs: artifactsKeptMs } };
}
