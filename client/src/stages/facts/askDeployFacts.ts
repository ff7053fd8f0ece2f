import { OimError } from '@omnia-buildstream/oim/oimError';
import { RedfishClient } from '@omnia-buildstream/redfish/client/redfishClient';
import { bmcAccess } from '@omnia-buildstream/runner/bmcAccess';
import { oimNotKnown } from '@omnia-buildstream/runner/others/notKnown';
import { stagesAtOim } from '@omnia-buildstream/runner/oim/stagesAtOim';
import { askBmcs } from '@omnia-buildstream/runner/oim/reachability';
import { apiKeyOf } from '../../oim/apiAddress.ts';
import { apiServer } from '../../oim/apiConfiguration.ts';
import { withApi } from '../../oim/openApi.ts';
import type { DeployFacts } from './deployFacts.ts';
import { machine } from '../machine.ts';
import { bmcTls, ownEngineSettings } from '../settings/engineConfiguration.ts';
import type { StageContext } from '../stageContext.ts';
import { askWork } from '../workload/askWork.ts';

const listLimitMs = 30_000;

export function deployFacts({
  apiClients,
  bmcs,
  tokens,
}: Pick<StageContext, 'apiClients' | 'bmcs' | 'tokens'>): DeployFacts {
  return {
    bmcs,
    atOim: {
      name: oimNotKnown().name,
      look: async (plan, signal) => {
        const server = apiServer();
        const credential = server === undefined ? undefined : await apiClients.of(apiKeyOf(server));
        if (server === undefined || credential === undefined) return oimNotKnown().look(plan, signal);
        return withApi({ server, credential }, (client) => stagesAtOim(client).look(plan, signal));
      },
    },
    work: (nodes) => askWork(tokens.slurm, 'stored')(nodes),
    imageGroups: async () => {
      const server = apiServer();
      const credential = server === undefined ? undefined : await apiClients.of(apiKeyOf(server));
      if (server === undefined || credential === undefined) return { kind: 'no-api' };
      const signal = AbortSignal.timeout(listLimitMs);
      try {
        const groups = await withApi({ server, credential }, (client) => client.images(undefined, signal));
        return { kind: 'listed', groups };
      } catch (error) {
        if (error instanceof OimError) return { kind: 'no-answer', why: error.phrases };
        if (signal.aborted) return { kind: 'no-answer', why: [] };
        throw error;
      }
    },
    askBmcs: async (addresses, signal) => {
      const { bmcPort: port } = ownEngineSettings();
      const nobody = () => Promise.resolve(undefined);
      const access = { credentials: nobody, tls: await bmcTls(), port, requestTimeoutMs: undefined };
      const client = new RedfishClient(bmcAccess(access, machine));
      for (const reading of await askBmcs(client, addresses, { clock: machine.clock, signal })) {
        bmcs.set(reading.bmcIp, reading);
      }
    },
  };
}
