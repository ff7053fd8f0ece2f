import type { BootOverride, PowerState, SystemState } from '@omnia-buildstream/engine/ports/bmc';
import { generationOf, quirksOf, type Generation, type Quirks } from '../quirks.ts';
import { linkAt, linksAt, objectAt, required, textAt, textsAt } from './json.ts';
import type { RedfishService } from './service.ts';
import type { Answer } from '../http/answer.ts';

/** Where things are on one BMC; found once, then followed. */
export interface SystemMap {
  readonly system: string;
  readonly manager: string | undefined;
  readonly generation: Generation;
  readonly quirks: Quirks;
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
export async function discover(service: RedfishService, signal: AbortSignal): Promise<SystemMap> {
  const { body: collection } = await service.get(service.systems, signal);
  const system = required(linksAt(collection, 'Members')[0], 'which systems it manages');
  const { body } = await service.get(system, signal);
  const reset = resetActionOf(body);
  const manager = linksAt(body, 'Links', 'ManagedBy')[0];
  if (!service.isDell || manager === undefined) {
    return { system, manager, reset, generation: 'plain', quirks: quirksOf.plain, lifecycleTarget: undefined };
  }
  const { body: managerBody } = await service.get(manager, signal);
  const generation = generationOf(true, textAt(managerBody, 'Model') ?? '');
  const quirks = quirksOf[generation];
  const lifecycle = linkAt(managerBody, 'Links', 'Oem', 'Dell', 'DellLCService') ?? quirks.lifecycleService;
  return { system, manager, reset, generation, quirks, lifecycleTarget: lifecycle };
}

const powerStates: readonly PowerState[] = ['On', 'Off', 'PoweringOn', 'PoweringOff'];

export function systemStateOf(body: unknown): SystemState {
  const power = textAt(body, 'PowerState');
  return {
    power: powerStates.find((state) => state === power) ?? 'Unknown',
    lastResetTime: textAt(body, 'LastResetTime'),
    override: overrideOf(body),
    serviceTag: textAt(body, 'SKU') ?? '',
  };
}

export function overrideOf(body: unknown): BootOverride {
  return {
    enabled: textAt(body, 'Boot', 'BootSourceOverrideEnabled') ?? '',
    target: textAt(body, 'Boot', 'BootSourceOverrideTarget') ?? '',
    mode: textAt(body, 'Boot', 'BootSourceOverrideMode') ?? '',
  };
}

/** Allowed targets of the boot override; undefined when the resource does not list them. */
export function allowedTargets(body: unknown): readonly string[] | undefined {
  return textsAt(body, 'Boot', 'BootSourceOverrideTarget@Redfish.AllowableValues');
}

function resetActionOf(body: unknown): ResetAction {
  const action = objectAt(body, 'Actions', '#ComputerSystem.Reset');
  const target = required(textAt(action, 'target'), 'where to send a reset');
  return { target, allowed: textsAt(action, 'ResetType@Redfish.AllowableValues') };
}

/** The resource that holds pending settings of the system. */
export function settingsPathOf(body: unknown, system: string): string {
  return linkAt(body, '@Redfish.Settings', 'SettingsObject') ?? `${system}/Settings`;
}

/** The ETag for a conditional change, where the service gives one. */
export function etagOf({ etag, body }: Answer): string | undefined {
  return etag ?? textAt(body, '@odata.etag');
}
