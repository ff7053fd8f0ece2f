import { phrase } from '@omnia-buildstream/core/text/phrase';
import { saidOf } from '@omnia-buildstream/core/text/saidError';
import { checkAdviceTexts as advice, findingTexts as texts } from '../checkTexts.ts';
import { failed, inError, passed, type Check } from '../check.ts';
import type { NameSource } from './names.ts';
import type { Probe } from './prober.ts';
import { isSafeHost } from '@omnia-buildstream/core/text/safeHost';

/** The name must resolve to ADMIN_IP, and nothing else. */
export function nameProbe(names: NameSource): Probe<Extract<Check, { readonly kind: 'name' }>> {
  return async ({ hostname, address }) => {
    if (!isSafeHost(hostname)) return inError(phrase(texts.badHostname, { hostname }), advice.hostname);
    let found: readonly string[];
    try {
      found = await names(hostname);
    } catch (error) {
      return inError(phrase(texts.noNames, { hostname, why: saidOf(error) }), advice.nameServer);
    }
    const others = found.filter((other) => other !== address);
    if (found.length > 0 && others.length === 0) return passed(phrase(texts.nameIs, { hostname, address }));
    if (found.length === 0) return failed(phrase(texts.unknownName, { hostname }), advice.hosts, true);
    return failed(phrase(texts.otherName, { hostname, found: found.join(', '), address }), advice.oldName);
  };
}
