import type { ListedGroups } from '@omnia-buildstream/gitlab/omnia/listedGroups';
import { OimCredential } from '@omnia-buildstream/oim/api/credential';
import { OimError } from '@omnia-buildstream/oim/oimError';
import { openOim } from '@omnia-buildstream/runner/oim/oimAccess';
import { accessOf } from '../oim/options.ts';
import { readAuthorities } from '../run/authorities.ts';
import type { ActionContext } from './context.ts';

type Asked = Pick<ActionContext, 'options' | 'io' | 'call'>;

/**
 * What the BuildStreaM API lists, when it is set up with its client: nobody is asked for one here, and none is
 * registered.
 */
export async function listedGroups({ options, io, call }: Asked): Promise<ListedGroups> {
  const { api, apiCa } = options;
  const { BSM_API_URL: url = '', BSM_CLIENT_ID: id = '', BSM_CLIENT_SECRET: secret = '' } = io.env;
  if ((api ?? url) === '' || id === '' || secret === '') return { kind: 'no-api' };
  const { api: server } = accessOf({ api, yes: false }, io);
  const ca = apiCa === undefined ? undefined : await readAuthorities(apiCa, io);
  const access = { server, tls: { ca, pins: [] }, clock: io.clock, random: io.random };
  const client = openOim(access, new OimCredential(id, secret));
  try {
    const groups = await client.images(undefined, call.signal);
    return { kind: 'listed', groups };
  } catch (error) {
    if (error instanceof OimError) return { kind: 'no-answer', why: error.phrases };
    throw error;
  } finally {
    await client.close();
  }
}
