import type { ResetKind } from '@omnia-buildstream/core/restart/resetKind';

/** How Dell names the action that tells whether the Lifecycle Controller is ready. */
export const lifecycleAction = 'DellLCService.GetRemoteServicesAPIStatus';

/** What may be sent for a reset, best first: nothing here is stronger than what was asked for. */
export const resetTypesFor: Readonly<Record<ResetKind, readonly string[]>> = {
  On: ['On', 'ForceOn'],
  ForceRestart: ['ForceRestart', 'PowerCycle'],
  GracefulRestart: ['GracefulRestart'],
  GracefulShutdown: ['GracefulShutdown'],
};

const olderServices = '/redfish/v1/Dell/Managers/iDRAC.Embedded.1';
const newerServices = '/redfish/v1/Managers/iDRAC.Embedded.1/Oem/Dell';

/**
 * Where the action lives when the manager of a Dell machine does not link to it, by its Model such as "14G Monolithic":
 * iDRACs up to the 16th generation have it at the older place, as has a model without a number.
 */
export function lifecycleServiceOf(managerModel: string): string {
  return `${servicesOf(managerModel)}/DellLCService`;
}

/** The service of the job queue, in the same way. */
export function jobServiceOf(managerModel: string): string {
  return `${servicesOf(managerModel)}/DellJobService`;
}

function servicesOf(managerModel: string): string {
  const series = Number(/(?<!\d)(\d+)G\b/.exec(managerModel)?.[1] ?? 0);
  return series > 16 ? newerServices : olderServices;
}

/** What a reset may be (DSP0268, Resource.ResetType), as far as texts that run together have to be told apart. */
const knownTypes = ['GracefulShutdown', 'GracefulRestart', 'ForceRestart', 'PushPowerButton', 'PowerCycle'].concat([
  'ForceOff',
  'ForceOn',
  'Nmi',
  'Suspend',
  'Resume',
  'Pause',
  'On',
]);

/** The types in a list of allowed values; some firmware writes two as one word (redfish.md section 3). */
export function resetTypesIn(values: readonly string[]): readonly string[] {
  return [...new Set(values.flatMap((value) => (knownTypes.includes(value) ? [value] : (split(value) ?? [value]))))];
}

function split(text: string): readonly string[] | undefined {
  if (text === '') return [];
  for (const type of knownTypes) {
    const rest = text.startsWith(type) ? split(text.slice(type.length)) : undefined;
    if (rest !== undefined) return [type, ...rest];
  }
  return undefined;
}
