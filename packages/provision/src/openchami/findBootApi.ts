import { phrase } from '@omnia-buildstream/core/text/phrase';
import { openchamiTexts as texts } from './openchamiTexts.ts';
import { ProvisionError } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { askedFor, saidBy } from './answers.ts';
import type { BootApi } from './bootApi.ts';
import { bootService } from './bootService.ts';
import { bss } from './bss.ts';
import { paths } from './smd.ts';
import { legacyBootService } from './legacyBootService.ts';
import type { Look, OpenchamiService } from './service.ts';

/** boot-service's own API provides the most information, so it precedes its BSS-like legacy API. */
const known: readonly BootApi[] = [bootService, legacyBootService, bss];

/**
 * Finds out which service stores the boot parameters here.
 * @throws ProvisionError if no known service responds; the error contains the requests, the responses, and whether SMD
 * responds
 */
export async function findBootApi(service: OpenchamiService, signal: AbortSignal): Promise<BootApi> {
  const places = [...new Set(known.map(({ path }) => path))];
  const looks = new Map<string, Look>();
  for (const path of places) {
    const look = await service.look(path, signal);
    const found = known.find((api) => api.path === path && look.kind === 'json' && api.recognises(look.value));
    if (found !== undefined) return found;
    looks.set(path, look);
  }
  const smd = await service.look(paths.components, signal);
  const asked = askedFor(looks);
  const about =
    smd.kind === 'json'
      ? phrase(texts.noBootApi, { asked })
      : phrase(texts.noOpenchami, { path: paths.components, why: saidBy(smd), asked });
  throw new ProvisionError(looks.size > 0 && hasStrange(looks) ? 'protocol' : 'unreachable', about);
}

function hasStrange(looks: ReadonlyMap<string, Look>): boolean {
  return [...looks.values()].some(({ kind }) => kind === 'json' || kind === 'not-json');
}

/** Whether tokensmith issues the tokens here, as far as it responds. */
export async function hasTokensmith(service: OpenchamiService, signal: AbortSignal): Promise<boolean> {
  return (await service.tryLook('/tokensmith/.well-known/jwks.json', signal)).kind === 'json';
}
