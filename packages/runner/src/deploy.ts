import type { BootProvisioner } from '@omnia-buildstream/engine/ports/bootProvisioner';
import type { BmcClient } from '@omnia-buildstream/engine/ports/bmc';
import type { DeploySummary } from '@omnia-buildstream/engine/deploy/events';
import { runDeploy, type DeployInput } from '@omnia-buildstream/engine/deploy/runDeploy';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { HttpClient } from '@omnia-buildstream/http/client/httpClient';
import type { TlsPolicy } from '@omnia-buildstream/http/tls/policy';
import { FilesProvisioner } from '@omnia-buildstream/provision/files/filesProvisioner';
import { HttpImageProbe } from '@omnia-buildstream/provision/images/httpImageProbe';
import { OpenchamiProvisioner } from '@omnia-buildstream/provision/openchami/openchamiProvisioner';
import { OpenchamiService } from '@omnia-buildstream/provision/openchami/service';
import { Token } from '@omnia-buildstream/provision/openchami/token';
import { RedfishClient } from '@omnia-buildstream/redfish/client/redfishClient';
import type { Machine } from './machine.ts';

/** Where boot configuration is written. */
export type ProvisionTarget =
  /** Both paths are absolute; inside `within`, the project, symbolic links are not followed. */
  | { readonly kind: 'files'; readonly folder: string; readonly within: string }
  | { readonly kind: 'openchami'; readonly server: URL; readonly token: Token };

/** The target with its token; an empty token means none. */
export function openchamiTarget(server: URL, token: string): ProvisionTarget {
  return { kind: 'openchami', server, token: new Token(token) };
}

export interface OpenProvisioner {
  readonly provisioner: BootProvisioner;
  close(): Promise<void>;
}

export function openProvisioner(
  target: ProvisionTarget,
  tls: TlsPolicy,
  { clock, fs, processes }: Machine,
): OpenProvisioner {
  if (target.kind === 'files') {
    const folder = new OwnFolder(target.folder, fs, target.within);
    const provisioner = new FilesProvisioner(folder, processes);
    return { provisioner, close: () => Promise.resolve() };
  }
  const http = new HttpClient({ server: target.server, tls, clock });
  const service = new OpenchamiService({ http, token: target.token, clock });
  const provisioner = new OpenchamiProvisioner(target.server.href, service);
  return { provisioner, close: () => http.close() };
}

export interface DeployAccess {
  readonly tls: TlsPolicy;
  readonly bmcPort: number;
}

/** Runs the deploy stage with BMCs over Redfish, which are only checked for a response, and images over HTTP. */
export async function deploy(
  input: Omit<DeployInput, 'clock' | 'bmc' | 'images'>,
  { tls, bmcPort }: DeployAccess,
  { clock, random }: Machine,
): Promise<DeploySummary> {
  const images = new HttpImageProbe(tls, clock);
  const bmc: BmcClient = new RedfishClient({
    clock,
    random,
    // This stage does not log in to BMCs.
    credentials: () => Promise.resolve(undefined),
    tls,
    port: bmcPort,
  });
  try {
    return await runDeploy({ ...input, clock, bmc, images });
  } finally {
    await images.close();
  }
}
