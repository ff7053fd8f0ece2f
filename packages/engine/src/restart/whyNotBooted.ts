import { oneLine } from '@omnia-buildstream/core/text/foreignText';
import { phrase, together, type Said } from '@omnia-buildstream/core/text/phrase';
import type { BootFindings, LogEntry } from '../ports/bmc.ts';
import { findingTexts as texts, unreadTexts } from './stepTexts.ts';

/** So many findings are told. */
const mostTold = 2;

/** What an entry of a log is about when it bears on a boot. */
const ofBoot = ['pxe', 'boot', 'dhcp', 'link', 'post', 'uefi', 'memory', 'dimm', 'cpu', 'nic', 'disk', 'watchdog'];

/** The two newest findings that bear on a boot which came to nothing, and what the BMC does not give. */
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

/** Words of a BMC. The bar is what the cause of a message is told by (core/failedNodes/engineCauses). */
function foreign(text: string): string {
  return oneLine(text).replaceAll('|', '/');
}
