import { resetKinds, type ResetKind } from '@omnia-buildstream/core/restart/resetKind';
import {
  type BootOverride,
  type PowerState,
  type RowHardware,
  type SystemState,
} from '@omnia-buildstream/engine/ports/bmc';
import { lifecycleServiceOf, resetTypesFor, resetTypesIn } from '../quirks.ts';
import { chooseSystem } from './chooseSystem.ts';
import { linkAt, linksAt, objectAt, objectsAt, required, textAt, textsAt } from './json.ts';
import type { RedfishService } from './service.ts';

/** Where resources are on one BMC; discovered once, then reused. */
export interface SystemMap {
  readonly system: string;
  /** The manager of the system; undefined if not reported. */
  readonly manager: string | undefined;
  readonly reset: ResetAction;
  /** The Dell service that reports by POST whether the Lifecycle Controller is ready; undefined if there is none. */
  readonly lifecycleTarget: string | undefined;
}

export interface ResetAction {
  readonly target: string;
  /** Accepted ResetType values; undefined if they are not listed. */
  readonly allowed: readonly string[] | undefined;
}

/** Finds the system through the Systems collection, and its manager through the system's links. */
export async function discover(
  service: RedfishService,
  row: RowHardware | undefined,
  signal: AbortSignal,
): Promise<SystemMap> {
  const { path: system, body } = await chooseSystem(service, row, signal);
  const reset = await resetActionOf(service, body, signal);
  const manager = linksAt(body, 'Links', 'ManagedBy')[0];
  if (!service.isDell || manager === undefined) return { system, manager, reset, lifecycleTarget: undefined };
  const { body: managerBody } = await service.get(manager, signal);
  const linked = linkAt(managerBody, 'Links', 'Oem', 'Dell', 'DellLCService');
  return { system, manager, reset, lifecycleTarget: linked ?? lifecycleServiceOf(textAt(managerBody, 'Model') ?? '') };
}

async function resetActionOf(service: RedfishService, body: unknown, signal: AbortSignal): Promise<ResetAction> {
  const action = objectAt(body, 'Actions', '#ComputerSystem.Reset');
  const target = required(textAt(action, 'target'), 'resetTarget');
  const listed = textsAt(action, 'ResetType@Redfish.AllowableValues');
  if (listed !== undefined) return { target, allowed: resetTypesIn(listed) };
  const info = textAt(action, '@Redfish.ActionInfo');
  if (info === undefined) return { target, allowed: undefined };
  const parameters = objectsAt((await service.get(info, signal)).body, 'Parameters');
  const values = textsAt(
    parameters.find((parameter) => textAt(parameter, 'Name') === 'ResetType'),
    'AllowableValues',
  );
  return { target, allowed: values === undefined ? undefined : resetTypesIn(values) };
}

const powerStates: readonly PowerState[] = ['On', 'Off', 'PoweringOn', 'PoweringOff'];

export function powerOf(body: unknown): PowerState {
  const power = textAt(body, 'PowerState');
  return powerStates.find((state) => state === power) ?? 'Unknown';
}

/** The state that the system resource shows, without what other resources contain. */
export function systemStateOf(body: unknown): Omit<SystemState, 'hardware' | 'resets' | 'override'> {
  const progress = textAt(body, 'BootProgress', 'LastState') ?? '';
  return {
    power: powerOf(body),
    lastResetTime: textAt(body, 'LastResetTime'),
    bootProgress: progress === 'None' ? '' : progress,
  };
}

/** Kinds of reset that a BMC with these values accepts. */
export function resetsOf(allowed: readonly string[] | undefined): readonly ResetKind[] | undefined {
  if (allowed === undefined) return undefined;
  return resetKinds.filter((kind) => resetTypesFor[kind].some((type) => allowed.includes(type)));
}

export function overrideOf(body: unknown): Omit<BootOverride, 'isWhereLooked'> {
  return {
    enabled: textAt(body, 'Boot', 'BootSourceOverrideEnabled') ?? '',
    target: textAt(body, 'Boot', 'BootSourceOverrideTarget') ?? '',
    mode: textAt(body, 'Boot', 'BootSourceOverrideMode') ?? '',
    device: textAt(body, 'Boot', 'UefiTargetBootSourceOverride') ?? '',
  };
}

/** Allowed targets of the boot override; undefined if the resource does not list them. */
export function allowedTargets(body: unknown): readonly string[] | undefined {
  return textsAt(body, 'Boot', 'BootSourceOverrideTarget@Redfish.AllowableValues');
}
