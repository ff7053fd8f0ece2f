export const imageGroupStatuses = [
  'BUILT',
  'DEPLOYING',
  'DEPLOYED',
  'RESTARTING',
  'RESTARTED',
  'VALIDATING',
  'PASSED',
  'FAILED',
  'CLEANED',
] as const;

/** Nothing ever sets RESTARTING, RESTARTED or VALIDATING (omnia.md section 7); a filter may name them. */
export type ImageGroupStatus = (typeof imageGroupStatuses)[number];

export interface LabImageGroup {
  readonly id: string;
  readonly jobId: string;
  /** The name is a folder in S3; in 2.3 several, joined by `;`, or none. */
  readonly images: readonly { readonly role: string; readonly name: string }[];
  status: ImageGroupStatus;
  readonly createdAt: Date;
  updatedAt: Date;
}

/** Deploy is refused in the others. */
export const deployable: readonly ImageGroupStatus[] = imageGroupStatuses.filter(
  (status) => status !== 'PASSED' && status !== 'CLEANED',
);

/** Images can be deleted in these (omnia.md section 7.2). */
export const cleanable: readonly ImageGroupStatus[] = ['BUILT', 'PASSED', 'FAILED'];

/** The architectures that the roles of a group end in. */
export function architecturesOf({ images }: Pick<LabImageGroup, 'images'>): string[] {
  return ['aarch64', 'x86_64'].filter((arch) => images.some(({ role }) => role.endsWith(arch)));
}
