import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { labConnectionFile, type LabApiClient, type LabConnection } from '@omnia-buildstream/core/lab/connection';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { LabCertificate } from '@omnia-buildstream/lab/gitlab/certificate';
import type { Lab } from '@omnia-buildstream/lab/lab';
import type { ClusterPorts } from './nodes.ts';
import { bmcUser, gitlabUser, projectPath, type Secrets } from './secrets.ts';

interface Running {
  /** Of GitLab and the API: it signs itself. */
  readonly certificate: LabCertificate;
  readonly lab: Pick<Lab, 'ca' | 'port' | 'hostsFile'>;
  readonly groups: readonly ImageGroup[];
  readonly origins: { readonly gitlab: string; readonly api: string; readonly control: string };
  readonly secrets: Secrets;
  readonly report: string;
  readonly bootFolder: string;
  readonly ports: ClusterPorts;
  /** Of the API; undefined when it is left to others to register it. */
  readonly client: LabApiClient | undefined;
}

/** Only for who runs the lab: the files open its servers. */
const secretMode = 0o600;

/** Writes what a front end needs, lab.json last and at one stroke: when it is there, everything is. */
export async function writeConnection(folder: string, running: Running): Promise<LabConnection> {
  const { certificate, lab, groups, origins, secrets, report, bootFolder, ports, client } = running;
  const file = (name: string): string => path.join(folder, name);
  const serverCa = file('servers.pem');
  const bmcCa = file('bmcs.pem');
  const imagesFile = file('images.json');
  await writeFile(serverCa, certificate.cert);
  await writeFile(bmcCa, lab.ca);
  await writeFile(file('hosts'), lab.hostsFile);
  await writeFile(imagesFile, manifestOf(groups));
  const connection: LabConnection = {
    gitlab: {
      url: origins.gitlab,
      caFile: serverCa,
      project: projectPath,
      username: gitlabUser,
      token: secrets.gitlabToken,
    },
    api: {
      url: origins.api,
      caFile: serverCa,
      username: secrets.apiUser,
      password: secrets.apiPassword,
      ...client,
    },
    bmc: { port: lab.port, user: bmcUser, password: secrets.bmcPassword, caFile: bmcCa },
    report,
    imagesFile,
    bootFolder,
    hostsFile: file('hosts'),
    ports,
    control: { url: origins.control, token: secrets.controlToken },
  };
  const temporary = file(`.${labConnectionFile}.tmp`);
  await writeFile(temporary, `${JSON.stringify(connection, null, 2)}\n`, { mode: secretMode });
  await rename(temporary, file(labConnectionFile));
  return connection;
}

/** As `buildstream run deploy --images` reads it: the names of the BuildStreaM API. */
function manifestOf(groups: readonly ImageGroup[]): string {
  const list = groups.map(({ id, jobId, status, images }) => ({
    image_group_id: id,
    job_id: jobId,
    status,
    images: images.map(({ role, name, boot }) => ({ role, image_name: name, ...boot })),
  }));
  return `${JSON.stringify({ image_groups: list }, null, 2)}\n`;
}
