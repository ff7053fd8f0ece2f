import type { StageName } from '@omnia-buildstream/engine/stage/events';
import type { CredentialSource } from '@omnia-buildstream/redfish/credentials/credential';
import type { Selection } from '@omnia-buildstream/runner/selection';
import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import type { EngineSettings } from './readEngineSettings.ts';

/** What every stage is prepared from. */
export interface StageInput {
  /** Absolute path of the mapping file, and its text on disk. */
  readonly file: string;
  readonly text: string;
  /** Undefined: detected. */
  readonly version: OmniaVersion | undefined;
  /** Folder that relative paths start from. */
  readonly project: string;
  readonly imageGroup: string;
  readonly selection: Selection;
  readonly settings: EngineSettings;
  /** Asks for what is missing. @throws Refusal */
  readonly credentials: (addresses: readonly string[]) => Promise<CredentialSource>;
}

/** A node that a stage is about to touch. */
export interface TouchedNode {
  readonly hostname: string;
  readonly bmcIp: string;
  /** In the user's language. */
  readonly why: string;
}

/** A stage as it was planned: shown, agreed on, run, closed. Nothing was touched yet. */
export interface PreparedStage {
  /** What the user reads before they agree, without the nodes. */
  readonly notes: readonly string[];
  readonly nodes: readonly TouchedNode[];
  /** A run without nodes that still has something to finish. */
  readonly isNothing: boolean;
  readonly question: string;
  readonly button: string;
  /** Asks for what is still missing, such as passwords. Resolves to what runs the stage. @throws Refusal */
  ready(): Promise<(run: StageRun) => Promise<StageOutcome>>;
  close(): Promise<void>;
}

export interface StageRun {
  readonly emit: (event: StageEvent) => void;
  /** Aborts: no further node is begun. */
  readonly stop: AbortSignal;
  /** Aborts: everything ends, the next run goes on. */
  readonly stopAtOnce: AbortSignal;
}

export interface StageOutcome {
  readonly done: number;
  readonly failed: number;
  readonly notTried: number;
}

/** A stage as the editor offers it; one entry of the stage table. */
export interface StageDefinition {
  readonly name: StageName;
  /** In the user's language, as for a menu. */
  readonly title: () => string;
  readonly description: () => string;
  /** Folder of its state, absolute: one run at a time is on it. */
  readonly stateFolder: (input: Pick<StageInput, 'project' | 'settings'>) => string;
  /** Rejects with RunnerError, StateError or Refusal. */
  readonly prepare: (input: StageInput) => Promise<PreparedStage>;
  /** What a node is that the stage has finished with success, in the user's language. */
  readonly doneWord: () => string;
  /** What a step is called, in the user's language. */
  readonly stepWord: (step: string) => string;
}
