import type { OtherPlace } from '@omnia-buildstream/runner/others/othersAtWork';
import { oimNotKnown } from '@omnia-buildstream/runner/others/notKnown';
import { stagesAtOim } from '@omnia-buildstream/runner/oim/stagesAtOim';
import type { Io } from '../io.ts';
import { withOim } from './access.ts';
import { accessOf } from './options.ts';

/** The management server whose API and client the environment names. */
export function oimOfEnvironment(io: Io): OtherPlace {
  return {
    name: oimNotKnown().name,
    look: (plan, signal) =>
      withOim(accessOf({ yes: false }, io), io, {
        signal,
        work: (client) => stagesAtOim(client).look(plan, signal),
      }),
  };
}
