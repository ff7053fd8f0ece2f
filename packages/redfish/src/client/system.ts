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

/** Where things are on one BMC; found once, then followed. */
export interface SystemMap {
  readonly system: string;
  /** What manages it; undefined: not told. */
  readonly manager: string | undefined;
  readonly reset: ResetAction;
  /** The POST target that tells whether the Lifecycle Controller is ready; undefined where there is none. */
  readonly lifecycleTarget: string | undefined;
}

export interface ResetAction {
  readonly target: string;
  /** ResetType values it takes; undefined when it does not list them. */
  readonly allowed: readonly string[] | undefined;
}

/** Finds the system through the members of Systems, and its manager through the links of the system. */
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

/** The state as the resource of the system shows it, without what stands elsewhere. */
export function systemStateOf(body: unknown): Omit<SystemState, 'hardware' | 'resets' | 'override'> {
  const progress = textAt(body, 'BootProgress', 'LastState') ?? '';
  return {
    power: powerOf(body),
    lastResetTime: textAt(body, 'LastResetTime'),
    bootProgress: progress === 'None' ? '' : progress,
  };
}

/** Kinds of reset that a BMC with these values takes. */
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

/** Allowed targets of the boot override; undefined when the resource does not list them. */
export function allowedTargets(body: unknown): readonly string[] | undefined {
  return textsAt(body, 'Boot', 'BootSourceOverrideTarget@Redfish.AllowableValues');
}
