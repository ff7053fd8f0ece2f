import { isOrchestratorPlace } from '@omnia-buildstream/core/mapping/projectFolder';
import type { Clock, Random } from '@omnia-buildstream/engine/ports/clock';
import { HttpClient } from '@omnia-buildstream/http/client/httpClient';
import type { TlsPolicy } from '@omnia-buildstream/http/tls/policy';
import { defaultBackOff, type BackOffSettings, type Waiting } from '@omnia-buildstream/oim/api/backOff';
import type { OimCredential } from '@omnia-buildstream/oim/api/credential';
import { OimClient, type UploadFile } from '@omnia-buildstream/oim/api/oimClient';
import { clientName, registerClient } from '@omnia-buildstream/oim/api/register';
import { inputLayouts, mappingName, type InputLayout } from '@omnia-buildstream/core/context/inputFiles';

export interface OimAccess {
  /** With or without the API's prefix, `/api/v1`. */
  readonly server: URL;
  readonly tls: TlsPolicy;
  readonly clock: Clock;
  /** Measures the limits of single requests; by default `clock`. */
  readonly limitClock?: Clock;
  readonly random: Random;
  /** How often reads are attempted; undefined: the default. */
  readonly backOff?: BackOffSettings;
}

/** Opens a client of the BuildStreaM API; the caller must close it. */
export function openOim(access: OimAccess, credential: OimCredential): OimClient {
  return new OimClient(httpOf(access), credential, waitingOf(access));
}

/** Registers the only client that the API accepts. @throws OimError */
export async function registerAtOim(
  access: OimAccess,
  account: OimCredential,
  signal: AbortSignal,
): Promise<OimCredential> {
  const http = httpOf(access);
  try {
    return await registerClient(
      { http, waiting: waitingOf(access), account, name: clientName(access.clock.now()) },
      signal,
    );
  } finally {
    await http.close();
  }
}

/** Content of a file in the project; undefined if it does not exist. */
export type ReadProjectFile = (path: string) => Promise<Uint8Array | undefined>;

/** The input files for the stages: those of Omnia's set that are in the folder of the mapping file. */
export async function inputFilesBeside(mapping: string, read: ReadProjectFile): Promise<readonly UploadFile[]> {
  const folder = mapping.includes('/') ? mapping.slice(0, mapping.lastIndexOf('/')) : '.';
  const files: UploadFile[] = [];
  for (const name of layoutOf(mapping).names) {
    const content = await read(name === mappingName ? mapping : `${folder}/${name}`);
    if (content !== undefined) files.push({ name, content });
  }
  return files;
}

/** The layout by the location of the mapping file; a folder with another name counts as the layout of 2.2. */
function layoutOf(mapping: string): InputLayout {
  const [newer, older] = inputLayouts;
  const isIn = `/${mapping}`.endsWith(`/orchestrator/${mappingName}`);
  return isIn || isOrchestratorPlace(mapping) ? newer : older;
}

function httpOf({ server, tls, clock, limitClock = clock }: OimAccess): HttpClient {
  const root = new URL(server);
  root.pathname = root.pathname.replace(/\/(?:api\/v1\/?)?$/, '/');
  return new HttpClient({ server: root, tls, clock: limitClock });
}

function waitingOf({ clock, random, backOff = defaultBackOff }: OimAccess): Waiting {
  return { clock, random, backOff };
}
