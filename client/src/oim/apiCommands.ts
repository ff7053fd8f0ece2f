import type { StageContext } from '../stages/stageContext.ts';
import type { ApiCommand } from '../stages/stagesPart.ts';
import { tellingApiErrors } from './presentApiError.ts';
import { showDeployment } from './showDeployment.ts';
import { signInApi, signOutApi } from './signInApi.ts';
import { testApi } from './testApi.ts';

type Handler = (args: readonly unknown[]) => Promise<void>;

/** Commands of the BuildStreaM API. What it refuses is told with a way on. */
export function apiCommands(context: StageContext): Readonly<Record<ApiCommand, Handler>> {
  const { apiClients, log } = context;
  return {
    'buildstream.signInApi': () => tellingApiErrors(log, () => signInApi(apiClients)),
    'buildstream.signOutApi': () => tellingApiErrors(log, () => signOutApi(apiClients)),
    'buildstream.testApi': () => tellingApiErrors(log, () => testApi(apiClients)),
    'buildstream.showDeployment': ([imageGroup]) => tellingApiErrors(log, () => showDeployment(context, imageGroup)),
  };
}
