import { valueOf, type FailedNodesDocument } from '../failedNodes/document.ts';
import type { EngineSide } from '../plan/decideDirect.ts';
import type { RestartDecision } from '../plan/decideRestart.ts';
import { decideRestart } from '../plan/decideRestart.ts';
import { failedListIn, type FailedList } from '../plan/failedList.ts';
import { obstaclesIn } from '../plan/obstacles.ts';
import type { PxeSwitches } from '../plan/pxeSwitches.ts';
import { readStateText } from '../plan/stateText.ts';
import type { Target } from '../plan/targets.ts';
import { laterList } from '../plan/laterList.ts';
import type { ToldList } from '../plan/toldList.ts';
import type { MappingModel } from '../validation/model.ts';
import { decideProject } from './decideProject.ts';
import { modelTargets } from './modelTargets.ts';

export interface PlanRequest {
  readonly mapping: MappingModel;
  /** Omnia's; absent: there is no such file, so it is unknown here what Omnia booted. */
  readonly failed?: FailedNodesDocument | undefined;
  /** What the management server reported about the last followed restart. */
  readonly told?: ToldList | undefined;
  /** Rows of the committed mapping file; absent: not known. */
  readonly committed?: readonly Target[] | undefined;
  /** Of the stage engine's state folder. */
  readonly engine?: EngineSide | undefined;
  /** The text of restart_state.json of the management server, where somebody has it. */
  readonly restartStateText?: string | undefined;
  /** Omnia's settings of a restart. */
  readonly switches?: PxeSwitches | undefined;
  /** Empty: the one of the state. */
  readonly imageGroup?: string | undefined;
}

/** What the restart stage does with the files as they are now. */
export function planNodes(request: PlanRequest): RestartDecision {
  const { mapping, failed, told, committed, engine, restartStateText, imageGroup = '', switches } = request;
  const { version } = mapping;
  const about = {
    rows: modelTargets(mapping),
    version,
    imageGroup,
    list: laterList(listIn(failed), told, undefined),
    committed,
    obstacles: obstaclesIn(mapping),
    switches,
  };
  if (restartStateText === undefined) return decideProject({ ...about, engine });
  const state = readStateText(restartStateText);
  if (state.problems.length > 0) return { plan: undefined, problems: state.problems };
  return decideRestart({ ...about, state: state.value });
}

function listIn(document: FailedNodesDocument | undefined): FailedList {
  if (document === undefined) return { kind: 'missing' };
  const { bytes, doubled } = document;
  if (bytes !== undefined) return { kind: 'broken', problems: [{ kind: 'failed-bytes', bytes }] };
  const [conflict] = document.conflicts;
  if (conflict !== undefined) return { kind: 'broken', problems: [{ kind: 'failed-conflict', line: conflict.first }] };
  const [fault] = document.faults;
  return fault !== undefined || document.root === undefined
    ? { kind: 'broken', problems: [{ kind: 'failed-not-json', reason: fault?.reason ?? '' }] }
    : failedListIn(valueOf(document), undefined, doubled);
}
