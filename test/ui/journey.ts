import type { Workbench } from './workbench.ts';

/** What a user does through the user interface. Each file in test/ui/journeys exports one as `journey`. */
export interface Journey {
  /** Says what the user gets. */
  readonly name: string;
  /** Folder to open, relative to the repository root; the journey works on a copy. */
  readonly workspace: string;
  /** What is in the folder before the window opens: VS Code may miss what a new folder has from the beginning. */
  readonly prepare?: (folder: string) => void;
  run(workbench: Workbench): Promise<void>;
}
