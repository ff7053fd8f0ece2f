import type { StageName } from '@omnia-buildstream/engine/stage/events';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { Check } from '@omnia-buildstream/engine/validate/check';
import type { CredentialSource } from '@omnia-buildstream/redfish/credentials/credential';
import type { Selection } from '@omnia-buildstream/runner/selection';
import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import type { OpenchamiTokens } from './direct/openchamiTokens.ts';
import type { EngineSettings } from './settings/readEngineSettings.ts';

/** What every stage is prepared from. */
export interface StageInput {
  /** Absolute path of the mapping file, and its text on disk. */
  readonly file: string;
  readonly text: string;
  readonly version: OmniaVersion;
  /** Folder that relative paths start from. */
  readonly project: string;
  readonly imageGroup: string;
  /** The image groups of the list that the settings name; undefined when they name none. */
  readonly groups: readonly ImageGroup[] | undefined;
  readonly selection: Selection;
  /** Ids of the checks that are meant; empty: all. */
  readonly checks: readonly string[];
  readonly settings: EngineSettings;
  /** Asks for what is missing. @throws Refusal */
  readonly credentials: (addresses: readonly string[]) => Promise<CredentialSource>;
  readonly tokens: OpenchamiTokens;
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
  /** Whether anything is contacted, so that the user has to agree. */
  readonly asks: boolean;
  /** Of the validate stage. */
  readonly checks: readonly Check[];
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
  /** Counts, in a sentence. */
  readonly summary: string;
  /** What else there is to say, without control characters. */
  readonly notes: readonly string[];
  readonly isGood: boolean;
  /** File with all details, absolute; undefined when there is none. */
  readonly report: string | undefined;
}

/** A stage as the editor offers it; one entry of the stage table. */
export interface StageDefinition {
  readonly name: StageName;
  /** Its end says how nodes are; that of other stages is an attribute of them. */
  readonly isRestart: boolean;
  /** In the user's language, as for a menu. */
  readonly title: () => string;
  readonly description: () => string;
  /** What it counts. */
  readonly unit: 'nodes' | 'tests';
  /** Whether it can be limited to nodes by name, and to those that failed. */
  readonly takes: { readonly names: boolean; readonly failed: boolean };
  /** Folder of its state, absolute: one run at a time is on it. */
  readonly stateFolder: (input: Pick<StageInput, 'project' | 'settings'>) => string;
  /** Rejects with RunnerError, StateError or Refusal. */
  readonly prepare: (input: StageInput) => Promise<PreparedStage>;
  /** What a node is that the stage has finished with success, in the user's language. */
  readonly doneWord: () => string;
  /** What a step is called, in the user's language. */
  readonly stepWord: (step: string) => string;
}
