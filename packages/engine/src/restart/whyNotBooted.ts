import { oneLine } from '@omnia-buildstream/core/text/foreignText';
import { phrase, together, type Said } from '@omnia-buildstream/core/text/phrase';
import type { BootFindings, LogEntry } from '../ports/bmc.ts';
import { findingTexts as texts, unreadTexts } from './stepTexts.ts';

/** At most this many findings are reported. */
const mostTold = 2;

/** What an entry of a log is about if it is relevant to a boot. */
const ofBoot = ['pxe', 'boot', 'dhcp', 'link', 'post', 'uefi', 'memory', 'dimm', 'cpu', 'nic', 'disk', 'watchdog'];

/** The two newest findings relevant to a boot that failed, and what the BMC does not provide. */
export function whyNotBooted({ bootProgress, link, entries, postCode, unread }: BootFindings): Said {
  const found = [
    ...(link === 'down' ? [phrase(texts.noLink)] : []),
    ...entries.filter(bears).map(({ at, text }) => phrase(texts.entry, { at: foreign(at), text: foreign(text) })),
    ...(bootProgress === '' ? [] : [phrase(texts.progress, { progress: foreign(bootProgress) })]),
    ...(postCode === '' ? [] : [phrase(texts.postCode, { code: foreign(postCode) })]),
  ].slice(0, mostTold);
  const what = found.length === 0 ? phrase(texts.nothing) : together(found, '; ');
  const missing = together(
    unread.map((name) => phrase(unreadTexts[name])),
    ', ',
  );
  return together(
    [phrase(texts.tells, { what }), missing === '' ? '' : phrase(texts.missing, { what: missing })],
    '; ',
  );
}

function bears({ severity, text }: LogEntry): boolean {
  if (/^(?:warning|critical)$/i.test(severity)) return true;
  const words = text.toLowerCase();
  return ofBoot.some((word) => words.includes(word));
}

/** Words of a BMC. The bar is what marks the cause in a message (core/failedNodes/engineCauses). */
function foreign(text: string): string {
  return oneLine(text).replaceAll('|', '/');
}
