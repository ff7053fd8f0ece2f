import type { CheckSettings, Sample } from '@omnia-buildstream/engine/validate/settings';

/**
 * The checks after a run: is every node up, and does a sample of them run the right image. The same seed asks the same
 * nodes again; without a login no image can be read.
 */
export function verification(settings: CheckSettings, imageSample: Sample): CheckSettings {
  return { ...settings, kinds: ['ssh', 'image'], imageSample };
}
