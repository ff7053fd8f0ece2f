import { isJsonObject, textField } from '@omnia-buildstream/core/text/jsonFields';
import type { LabBmc } from './bmc.ts';
import { errorBody } from './errorBody.ts';
import type { LabAnswer, LabRequest } from './exchange.ts';
import { isBootTarget } from './resources.ts';

const jobDurationMs = 20;

/** PATCH of the boot override: on the system, for iDRAC 10 on its Settings. Checks everything before any change. */
export function changeBoot(bmc: LabBmc, { body, ifMatch }: LabRequest): LabAnswer {
  const { boot, etag } = bmc;
  const { manner = {} } = bmc.node.faults;
  if (manner.etags === 'demanded' && ifMatch === undefined) {
    return { status: 428, body: errorBody('Base.1.5.PreconditionRequired', 'The request needs an ETag.') };
  }
  const isWeakRefused = manner.etags === 'strong' && ifMatch?.startsWith('W/') === true;
  if (isWeakRefused || (ifMatch !== undefined && ifMatch !== '*' && etag !== undefined && !sameEtag(ifMatch, etag))) {
    return { status: 412, body: errorBody('Base.1.5.PreconditionFailed', 'The ETag does not match the resource.') };
  }
  const change = isJsonObject(body) ? body['Boot'] : undefined;
  if (!isJsonObject(change)) return refused('the body has no Boot');
  const enabled = textField(change, 'BootSourceOverrideEnabled') ?? boot.enabled;
  const target = textField(change, 'BootSourceOverrideTarget') ?? boot.target;
  const mode = textField(change, 'BootSourceOverrideMode') ?? boot.mode;
  if (!['Once', 'Continuous', 'Disabled'].includes(enabled)) return refused(`${enabled} for BootSourceOverrideEnabled`);
  if (!isBootTarget(target)) return refused(`${target} for BootSourceOverrideTarget`);
  const device = textField(change, 'UefiTargetBootSourceOverride') ?? boot.device;
  // A UEFI target is for one boot only (DSP2046).
  if (target === 'UefiTarget' && (device === '' || enabled === 'Continuous'))
    return refused(`${target} with ${enabled}`);
  if (mode !== 'UEFI' && mode !== 'Legacy') return refused(`${mode} for BootSourceOverrideMode`);
  const isModeSent = textField(change, 'BootSourceOverrideMode') !== undefined;
  if (isModeSent && manner.mode === 'none') return refused('of BootSourceOverrideMode, which is not known,');
  if (isModeSent && manner.mode === 'refused') {
    return { status: 500, body: errorBody('Base.1.5.InternalError', 'The request failed.') };
  }
  const isForgotten = !isModeSent && manner.mode === 'repeated';
  Object.assign(boot, { enabled, target, device, mode: isForgotten ? 'Legacy' : mode });
  bmc.generation++;
  if (manner.refusesThoughSet === true) return refused('Pxe for BootSourceOverrideTarget');
  if (bmc.settings.changesAsJobs) {
    return { status: 202, headers: { location: bmc.jobs.start(jobDurationMs) } };
  }
  return { status: 200, body: successBody };
}

export const successBody = {
  '@Message.ExtendedInfo': [
    { MessageId: 'Base.1.5.Success', Message: 'The request completed successfully.', MessageArgs: [], Severity: 'OK' },
  ],
};

function refused(what: string): LabAnswer {
  return {
    status: 400,
    body: errorBody('Base.1.5.PropertyValueNotInList', `The value ${what} is not acceptable.`),
  };
}

/** Weak comparison (RFC 9110 section 8.8.3.2), as iDRAC does with its weak tags. */
function sameEtag(one: string, other: string): boolean {
  return one.replace(/^W\//, '') === other.replace(/^W\//, '');
}
