import type { CheckSettings, Sample } from '@omnia-buildstream/engine/validate/settings';
import type { ValidateRequest } from './validate.ts';

/**
 * The checks after a run: whether every node is up, and whether a sample of them runs the right image. The same seed
 * selects the same nodes again; without a login, no image can be read.
 */
export function verification(settings: CheckSettings, imageSample: Sample): CheckSettings {
  return { ...settings, kinds: ['ssh', 'image'], imageSample };
}

/** These checks instead of those of a validate stage, with separate reports. */
export function verifyRequest(request: ValidateRequest, imageSample: Sample): ValidateRequest {
  return {
    ...request,
    checks: verification(request.checks, imageSample),
    molecule: undefined,
    reportsIn: 'verify',
  };
}
