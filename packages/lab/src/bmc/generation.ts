/** Which BMC is played; see `docs/lab.md` for what differs. */
export const labGenerations = ['idrac8', 'idrac9', 'idrac10', 'plain'] as const;
export type LabGeneration = (typeof labGenerations)[number];
