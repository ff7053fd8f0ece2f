import type { Workbench } from './workbench.ts';

/** What a user does through the user interface. Each file in test/ui/journeys exports one as `journey`. */
export interface Journey {
  /** Says what the user gets. */
  readonly name: string;
  /** Folder to open, relative to the repository root; the journey works on a copy. */
  readonly workspace: string;
  run(workbench: Workbench): Promise<void>;
}
