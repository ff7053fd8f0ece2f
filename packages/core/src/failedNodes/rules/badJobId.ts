import type { FailedNodesRule } from '../rule.ts';

const messages = {
  bad: '{value} is not a valid job ID. Expected a UUID.',
} as const;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Omnia writes the UUID of the running job (Omnia 2.2, write_node_results.yml); 2.3 leaves the key out. */
export const badJobId: FailedNodesRule = {
  code: 'bad-job-id',
  level: 'warning',
  messages,
  check({ document }, report) {
    const field = document.header.get('job_id');
    if (field === undefined || (typeof field.value === 'string' && uuid.test(field.value))) return;
    report(field.range, messages.bad, { value: JSON.stringify(field.value ?? null) });
  },
};
