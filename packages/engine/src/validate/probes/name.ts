import { failed, inError, passed, type Check } from '../check.ts';
import type { NameSource } from './names.ts';
import type { Probe } from './prober.ts';
import { isSafeHost } from './safeHost.ts';

/** The name must lead to ADMIN_IP, and nowhere else. */
export function nameProbe(names: NameSource): Probe<Extract<Check, { readonly kind: 'name' }>> {
  return async ({ hostname, address }) => {
    if (!isSafeHost(hostname))
      return inError(`"${hostname}" is not a valid host name`, 'Correct HOSTNAME in the mapping file.');
    let found: readonly string[];
    try {
      found = await names(hostname);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return inError(`nobody can be asked for ${hostname}: ${detail}`, 'Check the name server, or name another one.');
    }
    const others = found.filter((other) => other !== address);
    if (found.length > 0 && others.length === 0) return passed(`${hostname} is ${address}`);
    if (found.length === 0) {
      return failed(
        `${hostname} is unknown`,
        'Look at the hosts entries or the DNS that the deploy stage writes.',
        true,
      );
    }
    const advice = 'Remove the old entry, or correct ADMIN_IP in the mapping file and deploy again.';
    return failed(`${hostname} is ${found.join(', ')}, ADMIN_IP says ${address}`, advice);
  };
}
