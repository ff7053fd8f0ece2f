import { serviceNames, type ServiceName } from '@omnia-buildstream/core/stage/serviceNames';
import { type Said } from '@omnia-buildstream/core/text/phrase';
import type { Template } from '@omnia-buildstream/core/text/message';
import type { TestOutcome } from '@omnia-buildstream/core/testReport/types';

export const checkKinds = ['name', ...serviceNames, 'clock', 'image'] as const;
export type CheckKind = (typeof checkKinds)[number];

interface About {
  /** Kind and host, the same in every run: `slurmd/cn-001`. */
  readonly id: string;
  readonly title: string;
  readonly hostname: string;
  /** Admin address of the node, or a host that a setting names. */
  readonly address: string;
}

/** One question to one node; data only. The answers come from `probes/`. */
export type Check = About &
  (
    | { readonly kind: 'name' }
    | { readonly kind: ServiceName; readonly port: number }
    | { readonly kind: 'clock' }
    | { readonly kind: 'image'; readonly expected: ExpectedImage }
  );

/** The result of one look. */
export interface Finding {
  readonly outcome: TestOutcome;
  readonly message: Said;
  readonly advice: Template;
  /** A later look may end differently: the service may still be coming up. */
  readonly mayCome: boolean;
}

export function passed(message: Said): Finding {
  return { outcome: 'passed', message, advice: '', mayCome: false };
}

/** The node responded, or did not, and that is wrong. */
export function failed(message: Said, advice: Template, mayCome = false): Finding {
  return { outcome: 'failed', message, advice, mayCome };
}

/** It is unknown: the check itself could not be carried out. */
export function inError(message: Said, advice: Template): Finding {
  return { outcome: 'error', message, advice, mayCome: false };
}

export function skipped(message: Said, advice: Template): Finding {
  return { outcome: 'skipped', message, advice, mayCome: false };
}

/** What shows that a node runs the right image. */
export type ExpectedImage =
  /** Any of these, as a whole word. */
  | { readonly kind: 'named'; readonly names: readonly [string, ...string[]] }
  /** One of these folders, and nothing says which. */
  | { readonly kind: 'several'; readonly names: readonly string[]; readonly role: string; readonly imageGroup: string }
  /** The source of images found none for this role. */
  | { readonly kind: 'no-image'; readonly role: string }
  | { readonly kind: 'not-said' };
