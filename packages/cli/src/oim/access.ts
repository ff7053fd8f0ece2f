import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import { openOim, type OimAccess } from '@omnia-buildstream/runner/oim/oimAccess';
import { cannotRun } from '../cannotRun.ts';
import type { Io } from '../io.ts';
import { readAuthorities } from '../run/authorities.ts';
import { credentialFor } from './credentials.ts';
import type { AccessOptions } from './options.ts';

/** Opens the API for `work` and closes it. @throws OimError */
export async function withOim<T>(
  options: AccessOptions,
  io: Io,
  { signal, work }: { readonly signal: AbortSignal; readonly work: (client: OimClient) => Promise<T> },
): Promise<T> {
  const access: OimAccess = {
    server: options.api,
    tls: {
      ca: options.ca === undefined ? undefined : await readAuthorities(options.ca, io),
      pins: options.pins,
    },
    clock: io.clock,
    random: io.random,
  };
  try {
    const client = openOim(access, await credentialFor(access, options, { io, signal }));
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  } catch (error) {
    if (signal.aborted && error === signal.reason) throw cannotRun('output', 'Stopped; nothing was started.');
    throw error;
  }
}
