import type { Template } from '../text/message.ts';
import { phrase, together, type Said } from '../text/phrase.ts';

/** What the stage engine knows more exactly than Omnia's sentences say; in a message it follows the bar. */
export type EngineCause =
  | 'wrong-machine'
  | 'reset-since-plan'
  | 'reset-unconfirmed'
  | 'identity-unknown'
  | 'several-systems'
  | 'not-gentle'
  | 'not-shut-down'
  | 'bad-address'
  | 'bmc-unreachable'
  | 'certificate'
  | 'tls-too-old'
  | 'no-tls'
  | 'not-redfish'
  | 'login-refused'
  | 'no-credentials'
  | 'password-change'
  | 'licence'
  | 'lock-down'
  | 'privilege'
  | 'busy'
  | 'in-post'
  | 'lifecycle-in-use'
  | 'ssh-unreachable'
  | 'ssh-refused'
  | 'old-boot'
  | 'cloud-init-unfinished'
  | 'cloud-init-failed';

interface EngineCauseText {
  /** What the message says, always in English, and what people read as the title. */
  readonly title: Template;
  readonly advice: Template;
  /** The node may be up all the same. */
  readonly mayBeUp?: true;
}

export const engineCauseTexts: Readonly<Record<EngineCause, EngineCauseText>> = {
  'reset-since-plan': {
    title: 'Somebody else has reset the node after this plan was made',
    advice: 'Find out who is working on it. When the node is free, run the stage again to get a new plan.',
  },
  'reset-unconfirmed': {
    title: 'It is unknown whether the node was reset',
    advice:
      'Check its console and power state. If it boots or has booted, mark it as booted. Retry only when it was not reset: a retry resets it again.',
    mayBeUp: true,
  },
  'wrong-machine': {
    title: 'Another machine answers at BMC_IP',
    advice:
      'Compare BMC_IP, SERVICE_TAG and ADMIN_MAC of the row with the machine, and correct the mapping file. Rows may be swapped, or DHCP gave the address to another BMC.',
  },
  'identity-unknown': {
    title: 'The machine cannot be compared with the row',
    advice:
      'Check that BMC_IP leads to this machine. Then include such nodes: identity "warn" in the settings, --identity warn on the command line.',
  },
  'several-systems': {
    title: 'The BMC manages several systems',
    advice:
      'Enter the service tag or serial number of the system in SERVICE_TAG, or the MAC address of its NIC in ADMIN_MAC.',
  },
  'not-gentle': {
    title: 'The BMC has no graceful restart',
    advice: 'Shut the node down, then retry; or run the stage with forced restarts.',
  },
  'not-shut-down': {
    title: 'The system did not shut down',
    advice:
      'Shut the node down, then retry; or run the stage with forced restarts. Nothing stronger than the request to shut down was sent.',
  },
  'bad-address': { title: 'BMC_IP is not an IP address', advice: 'Correct BMC_IP in the mapping file.' },
  'bmc-unreachable': {
    title: 'The BMC does not respond',
    advice: 'Check BMC_IP, the cable, and the network of the BMC.',
  },
  certificate: {
    title: 'The certificate of the BMC is not trusted',
    advice:
      'Compare the fingerprint with the one that the BMC shows, then pin it, or provide the authority that signed it.',
  },
  'tls-too-old': {
    title: 'The BMC offers only TLS versions that are too old',
    advice: 'Enable TLS 1.2 in the settings of the web server of the BMC, or update its firmware.',
  },
  'no-tls': {
    title: 'The BMC responds without TLS',
    advice: 'Check the port, and enable HTTPS on the BMC. Passwords are never sent without TLS.',
  },
  'not-redfish': {
    title: 'BMC_IP does not offer Redfish',
    advice: 'Check that BMC_IP and the port lead to the BMC, and that Redfish is enabled there.',
  },
  'login-refused': {
    title: 'The BMC refused user or password',
    advice:
      'Correct user and password. Only one login was tried, because the BMC locks the account after a few attempts.',
  },
  'no-credentials': { title: 'There are no credentials for this BMC', advice: 'Provide credentials for this address.' },
  'password-change': {
    title: 'The BMC demands a new password',
    advice: 'Log in to the BMC, change the password of the account, then retry with the new one.',
  },
  licence: {
    title: 'The BMC lacks a license',
    advice: 'Install the license that the BMC names, or boot the node by hand and mark it as booted.',
  },
  'lock-down': {
    title: 'The configuration is locked',
    advice: 'Turn off System Lockdown Mode of the BMC, then retry.',
  },
  privilege: {
    title: 'The account may not do this',
    advice: 'Give the account the Operator or Administrator role on the BMC, or use another one.',
  },
  busy: {
    title: 'The BMC is busy with a job',
    advice: 'Wait for the running job of the BMC, or clear its job queue, then retry.',
  },
  'in-post': {
    title: 'The server is in POST',
    advice: 'Wait until the server has finished its self-test, then retry. If it stays there, look at its console.',
  },
  'lifecycle-in-use': {
    title: 'The Lifecycle Controller is in use',
    advice: 'Leave the Lifecycle Controller screens on the console of the server, then retry.',
  },
  'ssh-unreachable': {
    title: 'The node does not take SSH sessions',
    advice:
      'Check the console: POST, an F1 prompt, image, admin network. PXE-E51: no DHCP server responds. PXE-E32: wrong boot NIC, or a second PXE server. When it waits for its network, an old machine may still have its address. If the node booted, mark it as booted.',
    mayBeUp: true,
  },
  'ssh-refused': {
    title: 'Nobody can log in to the node to see whether it booted',
    advice:
      'Compare its host key and add it to known_hosts; when it has changed, remove the old one first (ssh-keygen -R and the address). Check user, key and agent. If the node booted, mark it as booted.',
    mayBeUp: true,
  },
  'old-boot': {
    title: 'The node still runs the system from before the reset',
    advice: 'The server did not restart. Check its power state and the job queue of the BMC, then retry.',
  },
  'cloud-init-unfinished': {
    title: 'The node has booted, and cloud-init is not done',
    advice:
      'Check "cloud-init status --long" on the node. If nodes need longer, raise the limit "report". When it is done, mark the node as booted.',
    mayBeUp: true,
  },
  'cloud-init-failed': {
    title: 'The node has booted, and cloud-init failed',
    advice:
      'Check "cloud-init status --long" and /var/log/cloud-init-output.log on the node. Never run "cloud-init clean".',
    mayBeUp: true,
  },
};

export const causeForms = { withSource: '{title} ({source})' } as const;

/**
 * How the engine says it in a message: the title, and what the detail says beyond it. What was in brackets stays in
 * them: "password: environment" would read as a password, to the filter of secrets too.
 */
export function causeWords(cause: EngineCause, detail: Said): Said {
  const title = phrase(engineCauseTexts[cause].title);
  const known = new Set(wordsIn(title.message));
  const source = sourceBehind(known, detail);
  if (source !== undefined) return source === '' ? title : phrase(causeForms.withSource, { title, source });
  return together([title, beyond(known, detail)], ': ');
}

const fewestWords = 4;

/**
 * A detail is often a complete sentence, and so repeats what the title says. Phrases that have only words of the title
 * are left out; what follows them in brackets stays.
 */
function beyond(known: ReadonlySet<string>, detail: Said): Said {
  if (typeof detail === 'string') return isSaid(known, detail) ? '' : detail;
  if ('parts' in detail) {
    const parts = detail.parts.map((part) => beyond(known, part)).filter((part) => part !== '');
    return parts.length < 2 ? (parts[0] ?? '') : { parts, separator: detail.separator };
  }
  return sourceBehind(known, detail) ?? detail;
}

/** What follows the words of the title in brackets; undefined where there are other words. */
function sourceBehind(known: ReadonlySet<string>, detail: Said): Said | undefined {
  if (typeof detail === 'string' || 'parts' in detail) return undefined;
  const [, clause = detail.message, inBrackets = ''] = /^([^(]*) \(\{(\w+)\}\)$/.exec(detail.message) ?? [];
  if (!isSaid(known, clause)) return undefined;
  const more = detail.params[inBrackets] ?? '';
  return typeof more === 'number' ? String(more) : more;
}

function isSaid(known: ReadonlySet<string>, clause: string): boolean {
  const words = wordsIn(clause);
  return words.length >= fewestWords && words.every((word) => known.has(word));
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/\S+/g) ?? [];
}

/** The cause that a message of the engine names. */
export function engineCauseIn(message: string): EngineCause | undefined {
  const bar = message.indexOf(' | ');
  if (bar === -1) return undefined;
  const causes = Object.keys(engineCauseTexts) as readonly EngineCause[];
  return causes.find((cause) => message.includes(` | ${engineCauseTexts[cause].title}`, bar));
}
