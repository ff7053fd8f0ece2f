import type { FailedNodesRule } from '../rule.ts';

const messages = {
  other:
    'The file belongs to a different job than the pipeline that you retry ({expected}). There is one file for all jobs, and Omnia does not compare the job.',
} as const;

/** One file in GitLab for all jobs: two pipelines overwrite each other (Omnia 2.2). */
export const otherJob: FailedNodesRule = {
  code: 'other-job',
  level: 'warning',
  messages,
  check({ document, expectedJobId }, report) {
    const field = document.header.get('job_id');
    if (expectedJobId === undefined || field === undefined || field.value === expectedJobId) return;
    report(field.range, messages.other, { expected: expectedJobId });
  },
};
