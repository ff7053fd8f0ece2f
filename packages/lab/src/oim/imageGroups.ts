import type { OimStageName } from './stages.ts';

export type ImageGroupStatus =
  | 'BUILT'
  | 'DEPLOYING'
  | 'DEPLOYED'
  | 'RESTARTING'
  | 'RESTARTED'
  | 'VALIDATING'
  | 'PASSED'
  | 'FAILED'
  | 'CLEANED';

export const imageGroupStatuses: readonly ImageGroupStatus[] = [
  'BUILT',
  'DEPLOYING',
  'DEPLOYED',
  'RESTARTING',
  'RESTARTED',
  'VALIDATING',
  'PASSED',
  'FAILED',
  'CLEANED',
];

export interface LabImageGroup {
  readonly id: string;
  readonly jobId: string;
  readonly images: readonly { readonly role: string; readonly name: string }[];
  status: ImageGroupStatus;
  readonly createdAt: Date;
  updatedAt: Date;
}

interface Passage {
  readonly from: readonly ImageGroupStatus[];
  readonly during: ImageGroupStatus;
  readonly success: ImageGroupStatus;
  readonly failure: ImageGroupStatus;
}

/**
 * What a stage does to its image group (omnia.md section 7). Where a failed restart leaves it is not written anywhere;
 * it can be retried without a new deploy (omnia.md section 3.3), so it is DEPLOYED again.
 */
export const passages: Readonly<Record<OimStageName, Passage>> = {
  deploy: {
    from: ['BUILT', 'DEPLOYING', 'DEPLOYED', 'RESTARTING', 'RESTARTED', 'VALIDATING', 'FAILED'],
    during: 'DEPLOYING',
    success: 'DEPLOYED',
    failure: 'FAILED',
  },
  restart: { from: ['DEPLOYED'], during: 'RESTARTING', success: 'RESTARTED', failure: 'DEPLOYED' },
  validate: { from: ['RESTARTED'], during: 'VALIDATING', success: 'PASSED', failure: 'FAILED' },
};
