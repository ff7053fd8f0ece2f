import { othersInGitLab } from '@omnia-buildstream/gitlab/omnia/othersAtWork';
import type { OtherPlace } from '@omnia-buildstream/runner/others/othersAtWork';
import { gitlabNotKnown } from '@omnia-buildstream/runner/others/notKnown';
import type { Io } from '../io.ts';
import { findTarget, open, type Connection } from './connection.ts';

/** GitLab as the environment names it; nobody is asked. */
export function gitlabOfEnvironment(io: Io): OtherPlace {
  return {
    name: gitlabNotKnown().name,
    look: async (_, signal) => {
      const silent: Io = { ...io, ask: nobody, askSecret: nobody };
      const nothing = { server: undefined, project: undefined, ca: undefined, pin: undefined, proxy: undefined };
      const connection = await open(await findTarget(nothing, silent), silent, { signal });
      try {
        return { others: await othersInGitLab(connection, { own: undefined, cadences: true }, { signal }) };
      } finally {
        await connection.client.close();
      }
    },
  };
}

/** GitLab with a client that is there, for what is done there. @param own number of the pipeline that is worked with */
export function gitlabOf(connection: Connection, own: number | undefined): OtherPlace {
  return {
    name: gitlabNotKnown().name,
    look: async (_, signal) => ({ others: await othersInGitLab(connection, { own, cadences: false }, { signal }) }),
  };
}

function nobody(): Promise<undefined> {
  return Promise.resolve(undefined);
}
