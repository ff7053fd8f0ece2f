import type { ResetKind } from '@omnia-buildstream/core/restart/resetKind';

/** Dell's name of the action that reports whether the Lifecycle Controller is ready. */
export const lifecycleAction = 'DellLCService.GetRemoteServicesAPIStatus';

/** The reset types that may be sent for each kind, best first: none is stronger than what was requested. */
export const resetTypesFor: Readonly<Record<ResetKind, readonly string[]>> = {
  On: ['On', 'ForceOn'],
  ForceRestart: ['ForceRestart', 'PowerCycle'],
  GracefulRestart: ['GracefulRestart'],
  GracefulShutdown: ['GracefulShutdown'],
};

const olderServices = '/redfish/v1/Dell/Managers/iDRAC.Embedded.1';
const newerServices = '/redfish/v1/Managers/iDRAC.Embedded.1/Oem/Dell';

/**
 * The path of the service with that action if the manager of a Dell machine does not link to it, by the manager's
 * Model, such as "14G Monolithic": iDRACs up to the 16th generation have it at the older path, and so does a model
 * without a number.
 */
export function lifecycleServiceOf(managerModel: string): string {
  return `${servicesOf(managerModel)}/DellLCService`;
}

/** The path of the job queue service, determined in the same way. */
export function jobServiceOf(managerModel: string): string {
  return `${servicesOf(managerModel)}/DellJobService`;
}

function servicesOf(managerModel: string): string {
  const series = Number(/(?<!\d)(\d+)G\b/.exec(managerModel)?.[1] ?? 0);
  return series > 16 ? newerServices : olderServices;
}

/** The known reset types (DSP0268, Resource.ResetType), for separating values that run together. */
const knownTypes = ['GracefulShutdown', 'GracefulRestart', 'ForceRestart', 'PushPowerButton', 'PowerCycle'].concat([
  'ForceOff',
  'ForceOn',
  'Nmi',
  'Suspend',
  'Resume',
  'Pause',
  'On',
]);

/** The types in a list of allowed values; some firmware writes two of them as one word (redfish.md section 3). */
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
