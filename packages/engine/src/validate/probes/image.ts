import { phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import { checkAdviceTexts as advice, findingTexts as texts } from '../checkTexts.ts';
import { failed, passed, skipped, type Check } from '../check.ts';
import { print, type Login } from './login.ts';
import type { Probe } from './prober.ts';

/**
 * Where a node says which image it runs. `cmdline`: in the kernel's parameters, where the deploy stage writes the URL of
 * the role's root file system (omnia.md section 5). `os-release`: in `/etc/os-release`. `marker`: in a file that the image brings.
 */
export type ImageEvidence =
  | { readonly kind: 'cmdline' }
  | { readonly kind: 'os-release' }
  | { readonly kind: 'marker'; readonly path: string };

/** Absolute, and of characters that mean nothing to the shell of the node. */
export function isMarkerPath(path: string): boolean {
  return /^\/[A-Za-z0-9._/-]+$/.test(path);
}

/**
 * The image is right when its evidence names one of those expected as a whole word: `a` is not in `a-old`. If there are
 * several, it is unknown which is right; one that is none of them is wrong.
 */
export function imageProbe(login: Login, evidence: ImageEvidence): Probe<Extract<Check, { readonly kind: 'image' }>> {
  const path = pathOf(evidence);
  return async ({ address, expected }, signal) => {
    if (expected.kind === 'not-said') return skipped(phrase(texts.imageNotSaid), advice.imageGroup);
    if (expected.kind === 'no-image') {
      return skipped(phrase(texts.noImage, { role: expected.role }), advice.build);
    }
    const printed = await print(login, address, `cat ${path}`, signal);
    if ('finding' in printed) return printed.finding;
    const text = withDecoded(printed.text);
    const named = expected.names.find((name) => names(text, name));
    if (named !== undefined && expected.kind === 'several') {
      const { role, imageGroup } = expected;
      return skipped(phrase(texts.severalImages, { path, named, role, imageGroup }), advice.whichImage);
    }
    if (named !== undefined) return passed(phrase(texts.imageIs, { path, named }));
    const found = printed.text.trim().replace(/\s+/g, ' ').slice(0, 200);
    const wanted = expected.names.reduce<Said>(
      (one, other) => (one === '' ? other : phrase(texts.or, { one, other })),
      '',
    );
    return failed(phrase(texts.otherImage, { path, expected: wanted, found }), advice.wrongImage);
  };
}

function pathOf(evidence: ImageEvidence): string {
  if (evidence.kind === 'cmdline') return '/proc/cmdline';
  if (evidence.kind === 'os-release') return '/etc/os-release';
  if (!isMarkerPath(evidence.path)) throw new RangeError(`"${evidence.path}" is not the path of a marker file`);
  return evidence.path;
}

/** In an address a name may be encoded. */
function withDecoded(text: string): string {
  const decode = (part: string): string => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  };
  return text.includes('%') ? `${text}\n${text.split('/').map(decode).join('/')}` : text;
}

/** Enough for a few endings. */
const longestEnding = 64;
/** What may follow a name: the endings of an image file, the end of a sentence. */
const wordEnd = /^(?:\.(?:img|squashfs|iso|raw|qcow2|erofs|tar|gz|xz|zst))*\.?(?![\w.-])/;

function names(text: string, expected: string): boolean {
  const [where, what] = [text.toLowerCase(), expected.toLowerCase()];
  if (what === '') return false;
  for (let at = where.indexOf(what); at !== -1; at = where.indexOf(what, at + 1)) {
    const end = at + what.length;
    if (!/[\w.-]/.test(where.charAt(at - 1)) && wordEnd.test(where.slice(end, end + longestEnding))) return true;
  }
  return false;
}
