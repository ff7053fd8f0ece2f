/** Which BMC the lab simulates; see `docs/lab.md` for the differences. */
export const labGenerations = ['idrac8', 'idrac9', 'idrac10', 'plain'] as const;
export type LabGeneration = (typeof labGenerations)[number];
