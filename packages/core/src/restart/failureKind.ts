/**
 * Kinds of failure of a node (redfish.md section 7, item 2), each with Omnia's words for it (omnia.md section 3.4) and
 * our advice. Omnia knows fewer kinds; what it does not distinguish gets the same sentence, and our detail after a bar,
 * as Omnia itself adds its suffixes.
 */
export const failureKinds = [
  'bad-address',
  'unreachable',
  'tls',
  'tls-too-old',
  'no-tls',
  'not-redfish',
  'unauthorized',
  'no-credentials',
  'password-change',
  'licence',
  'lock-down',
  'privilege',
  'not-ready',
  'busy',
  'in-post',
  'lifecycle-in-use',
  'several-systems',
  'wrong-machine',
  'identity-unknown',
  'reset-since-plan',
  'not-gentle',
  'not-shut-down',
  'contact-lost',
  'override-refused',
  'override-ignored',
  'reset-refused',
  'reset-unconfirmed',
  'power-not-reached',
  'no-report',
  'ssh-unreachable',
  'ssh-refused',
  'old-boot',
  'cloud-init-unfinished',
  'cloud-init-failed',
  'unexpected',
] as const;
export type FailureKind = (typeof failureKinds)[number];

export function isFailureKind(text: string): text is FailureKind {
  return (failureKinds as readonly string[]).includes(text);
}

/**
 * What can go wrong after the reset, or after the order to shut down: it points to the image and the network it boots
 * from, not to the BMC.
 */
const ofBoot: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'not-shut-down',
  'contact-lost',
  'reset-unconfirmed',
  'power-not-reached',
  'no-report',
  'ssh-unreachable',
  'ssh-refused',
  'old-boot',
  'cloud-init-unfinished',
  'cloud-init-failed',
  'unexpected',
]);

/** Whether a node failed after its reset or shutdown. If it is unknown, it counts as such. */
export function isOfBoot(kind: FailureKind): boolean {
  return ofBoot.has(kind);
}
