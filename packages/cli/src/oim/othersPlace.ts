import type { OtherPlace } from '@omnia-buildstream/runner/others/othersAtWork';
import { oimNotKnown } from '@omnia-buildstream/runner/others/notKnown';
import { stagesAtOim } from '@omnia-buildstream/runner/oim/stagesAtOim';
import type { Io } from '../io.ts';
import { withOim } from './access.ts';
import { accessOf, type NamedApi } from './options.ts';

/**
 * The management server whose client is in the environment; its API is the named one, else also the one in the
 * environment.
 */
export function oimWithClient(io: Io, named: NamedApi | undefined): OtherPlace {
  return {
    name: oimNotKnown().name,
    look: (plan, signal) =>
      withOim(accessOf({ ...named, yes: false }, io), io, {
        signal,
        work: (client) => stagesAtOim(client).look(plan, signal),
      }),
  };
}
