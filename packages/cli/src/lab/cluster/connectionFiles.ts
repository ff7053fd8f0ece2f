import {
  labConnectionFile,
  type AfterPassed,
  type LabApiClient,
  type LabConnection,
  type LabPast,
  type LabVersion,
} from '@omnia-buildstream/core/lab/connection';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { LabCertificate } from '@omnia-buildstream/lab/gitlab/certificate';
import { networksOf } from '@omnia-buildstream/lab/net/addresses';
import type { Lab } from '@omnia-buildstream/lab/lab';
import type { LabFolder } from '@omnia-buildstream/lab/ownership/labFolder';
import { bmcUser, gitlabUser, projectPath, type Secrets } from './secrets.ts';

interface Running {
  /** Of GitLab and the API, self-signed. */
  readonly certificate: LabCertificate;
  readonly lab: Pick<Lab, 'ca' | 'port' | 'hostsFile' | 'network' | 'report' | 'ports'>;
  /** Newest first. */
  readonly groups: readonly ImageGroup[];
  readonly origins: { readonly gitlab: string; readonly api: string; readonly control: string };
  readonly secrets: Secrets;
  readonly bootFolder: string;
  readonly omnia: LabVersion;
  readonly afterPassed: AfterPassed;
  readonly servesArtifacts: boolean;
  readonly past: LabPast;
  /** Of the API; undefined when registering it is left to others. */
  readonly client: LabApiClient | undefined;
}

/** Writes what a front end needs, with lab.json last and atomically: once it is there, everything is. */
export async function writeConnection(folder: LabFolder, running: Running): Promise<LabConnection> {
  const { certificate, lab, groups, origins, secrets, bootFolder, client } = running;
  const { omnia, afterPassed, servesArtifacts, past } = running;
  const serverCa = await folder.write('servers.pem', certificate.cert);
  const bmcCa = await folder.write('bmcs.pem', lab.ca);
  const hostsFile = await folder.write('hosts', lab.hostsFile);
  const imagesFile = await folder.write('images.json', manifestOf(groups));
  const connection: LabConnection = {
    omnia,
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
      afterPassed,
      servesArtifacts,
      past,
      ...client,
    },
    bmc: { port: lab.port, user: bmcUser, password: secrets.bmcPassword, caFile: bmcCa },
    networks: networksOf(lab.network),
    report: `phone-home:${lab.report.host}:${String(lab.report.port)}`,
    imagesFile,
    bootFolder,
    hostsFile,
    ports: lab.ports,
    control: { url: origins.control, token: secrets.controlToken },
  };
  await folder.write(labConnectionFile, `${JSON.stringify(connection, null, 2)}\n`);
  return connection;
}

/** As `buildstream run deploy --images` reads it: the names of the BuildStreaM API. */
function manifestOf(groups: readonly ImageGroup[]): string {
  const list = groups.map(({ id, jobId, status, updatedAt, images }) => ({
    image_group_id: id,
    job_id: jobId,
    status,
    ...(updatedAt !== undefined && { updated_at: new Date(updatedAt).toISOString() }),
    images: images.map(({ role, name, boot }) => ({ role, image_name: name, ...boot })),
  }));
  return `${JSON.stringify({ image_groups: list }, null, 2)}\n`;
}
