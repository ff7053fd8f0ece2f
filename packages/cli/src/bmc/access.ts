import { bmcAccess } from '@omnia-buildstream/runner/bmcAccess';
import { RedfishClient } from '@omnia-buildstream/redfish/client/redfishClient';
import type { CredentialSource } from '@omnia-buildstream/redfish/credentials/credential';
import type { Io } from '../io.ts';
import { readAuthorities } from '../run/authorities.ts';
import type { AccessChoice } from './options.ts';

/** The BMCs, over Redfish. @throws UserError for a file of authorities that cannot be used */
export async function bmcsFor(
  { ca, pins, bmcPort, requestMs }: AccessChoice,
  credentials: CredentialSource,
  io: Io,
): Promise<RedfishClient> {
  const tls = { ca: ca === undefined ? undefined : await readAuthorities(ca, io), pins };
  return new RedfishClient(bmcAccess({ credentials, tls, port: bmcPort, requestTimeoutMs: requestMs }, io));
}
