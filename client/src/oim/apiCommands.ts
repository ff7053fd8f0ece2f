import type { StageContext } from '../stages/stageContext.ts';
import type { ApiCommand } from '../stages/stagesPart.ts';
import { showDeployment } from './showDeployment.ts';
import { signInApi, signOutApi } from './signInApi.ts';
import { testApi } from './testApi.ts';

type Handler = (args: readonly unknown[]) => Promise<void>;

/** Commands of the BuildStreaM API. */
export function apiCommands(context: StageContext): Readonly<Record<ApiCommand, Handler>> {
  const { apiClients } = context;
  return {
    'buildstream.signInApi': () => signInApi(apiClients),
    'buildstream.signOutApi': () => signOutApi(apiClients),
    'buildstream.testApi': () => testApi(apiClients),
    'buildstream.showDeployment': ([imageGroup]) => showDeployment(context, imageGroup),
  };
}
