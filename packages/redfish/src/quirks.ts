import type { ResetKind } from '@omnia-buildstream/engine/ports/bmc';

/** Kinds of BMC that behave differently in what we use. */
export type Generation = 'idrac8' | 'idrac9' | 'idrac10' | 'plain';

export interface Quirks {
  /** Which resource takes the boot override. iDRAC 10 wants its Settings, and lists allowed targets only there. */
  readonly overrideAt: 'system' | 'settings';
  /**
   * Messages with which a reset says "not now". iDRAC 10 refuses On for up to a minute after power off
   * (ActionParameterValueConflict); nothing was done, so asking again is safe.
   */
  readonly notNow: readonly string[];
  /** Where the action lives when the manager does not link to it; undefined: there is no Lifecycle Controller. */
  readonly lifecycleService: string | undefined;
}

/** How Dell names the action that tells whether the Lifecycle Controller is ready. */
export const lifecycleAction = 'DellLCService.GetRemoteServicesAPIStatus';

/** What is sent in place of a reset that a BMC does not list, best first. */
export const resetInstead: Readonly<Record<ResetKind, readonly string[]>> = {
  On: ['On', 'ForceOn', 'PushPowerButton'],
  ForceRestart: ['ForceRestart', 'PowerCycle'],
  GracefulRestart: ['GracefulRestart', 'ForceRestart', 'PowerCycle'],
};

const olderService = '/redfish/v1/Dell/Managers/iDRAC.Embedded.1/DellLCService';
const newerService = '/redfish/v1/Managers/iDRAC.Embedded.1/Oem/Dell/DellLCService';

/** The differences, in one place (redfish.md section 4). */
export const quirksOf: Readonly<Record<Generation, Quirks>> = {
  idrac8: { overrideAt: 'system', notNow: [], lifecycleService: olderService },
  idrac9: { overrideAt: 'system', notNow: [], lifecycleService: olderService },
  idrac10: {
    overrideAt: 'settings',
    notNow: ['ActionParameterValueConflict'],
    lifecycleService: newerService,
  },
  plain: { overrideAt: 'system', notNow: [], lifecycleService: undefined },
};

/**
 * Generation of an iDRAC by the Model of its manager, such as "14G Monolithic": 12G and 13G have iDRAC 8, 14G to 16G
 * iDRAC 9, later ones iDRAC 10. A model without a number is taken for iDRAC 9.
 */
export function generationOf(isDell: boolean, managerModel: string): Generation {
  if (!isDell) return 'plain';
  const series = /(?<!\d)(\d+)G\b/.exec(managerModel)?.[1];
  if (series === undefined) return 'idrac9';
  if (Number(series) <= 13) return 'idrac8';
  return Number(series) <= 16 ? 'idrac9' : 'idrac10';
}
