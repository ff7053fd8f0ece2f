import type { Faults } from './fault.ts';

/** The faults that `buildstream lab --fault` knows by name; the argument is a duration if that makes sense. */
export interface FaultPreset {
  readonly summary: string;
  readonly make: (durationMs: number) => Faults;
}

const idracNotReady = 'iDRAC is not ready. Retry the operation after a few minutes.';

export const faultPresets = {
  unreachable: { summary: 'nothing answers at the address', make: () => ({ unreachable: true }) },
  'wrong-certificate': {
    summary: 'shows a certificate of another authority',
    make: () => ({ wrongCertificate: true }),
  },
  'wrong-password': {
    summary: 'another password; locks out after a few attempts',
    make: () => ({ wrongPassword: true }),
  },
  'not-ready': {
    summary: 'Lifecycle Controller not ready for a time (default 60 s)',
    make: (durationMs) => ({ notReadyMs: durationMs }),
  },
  'refuses-override': {
    summary: 'refuses the PXE override',
    make: () => ({
      rules: [
        {
          on: 'boot',
          action: {
            do: 'refuse',
            status: 400,
            messageId: 'Base.1.5.PropertyValueNotInList',
            message: 'The value Pxe for the property BootSourceOverrideTarget is not in the list of acceptable values.',
          },
        },
      ],
    }),
  },
  'ignores-override': {
    summary: 'accepts the PXE override and forgets it',
    make: () => ({ rules: [{ on: 'boot', action: { do: 'ignore' } }] }),
  },
  'boots-from-disk': {
    summary: 'shows the PXE override, boots from disk',
    make: () => ({ bootsFromDisk: true }),
  },
  'refuses-reset': {
    summary: 'refuses every reset',
    make: () => ({
      rules: [
        {
          on: 'reset',
          action: {
            do: 'refuse',
            status: 403,
            messageId: 'Base.1.5.InsufficientPrivilege',
            message: 'The operation is not possible in lock-down mode.',
          },
        },
      ],
    }),
  },
  'answer-lost': {
    summary: 'carries the reset out, its answer is lost',
    make: () => ({ rules: [{ on: 'reset', action: { do: 'cut-after' } }] }),
  },
  'gateway-timeout': {
    summary: 'carries the reset out, then a gateway answers 504',
    make: () => ({ rules: [{ on: 'reset', action: { do: 'answer-after', status: 504 } }] }),
  },
  'loses-reset': {
    summary: 'a gateway answers 504, and the reset never arrives',
    make: () => ({ rules: [{ on: 'reset', action: { do: 'answer-instead', status: 504 } }] }),
  },
  'loses-sessions': {
    summary: 'restarts once after the login: its sessions are gone',
    make: () => ({ rules: [{ on: 'boot', times: 1, action: { do: 'forget-sessions' } }] }),
  },
  'no-sessions': { summary: 'has no session service', make: () => ({ noSessions: true }) },
  'two-systems': { summary: 'has a baseboard before the system', make: () => ({ twoSystems: true }) },
  'foreign-tag': { summary: 'is another machine than its row says', make: () => ({ foreignTag: 'F0RE1GN' }) },
  'power-stuck': { summary: 'power never comes back', make: () => ({ powerStuck: true }) },
  silent: { summary: 'boots and never reports', make: () => ({ silent: true }) },
  'slurmd-down': { summary: 'runs, and its slurmd does not answer', make: () => ({ closedServices: ['slurmd'] }) },
  slow: {
    summary: 'every system read takes long (default 5 s)',
    make: (durationMs) => ({ rules: [{ on: 'system', action: { do: 'delay', delayMs: durationMs } }] }),
  },
  'cuts-connection': {
    summary: 'breaks the connection on the first reads',
    make: () => ({ rules: [{ on: 'system', times: 2, action: { do: 'cut' } }] }),
  },
  busy: {
    summary: 'says "not ready" to the first three overrides',
    make: () => ({
      rules: [
        {
          on: 'boot',
          times: 3,
          action: { do: 'refuse', status: 400, messageId: 'IDRAC.2.8.SWC0700', message: idracNotReady },
        },
      ],
    }),
  },
} as const satisfies Readonly<Record<string, FaultPreset>>;

export type FaultName = keyof typeof faultPresets;

export const faultNames = Object.keys(faultPresets) as readonly FaultName[];

export function isFaultName(text: string): text is FaultName {
  return Object.hasOwn(faultPresets, text);
}
