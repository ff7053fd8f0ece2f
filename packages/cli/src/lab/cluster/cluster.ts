import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { labConnectionFile, type LabApiClient, type LabConnection } from '@omnia-buildstream/core/lab/connection';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import { projectFiles } from '@omnia-buildstream/lab/cluster/projectFiles';
import { ControlServer } from '@omnia-buildstream/lab/control/controlServer';
import { makeCertificate, type LabCertificate } from '@omnia-buildstream/lab/gitlab/certificate';
import { startGitLabLab, type GitLabLab } from '@omnia-buildstream/lab/gitlab/lab';
import { wallClock } from '@omnia-buildstream/lab/gitlab/labClock';
import { ServiceHandler } from '@omnia-buildstream/lab/gitlab/omnia/serviceHandler';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { OimFaults } from '@omnia-buildstream/lab/oim/faults';
import { LabOimServer } from '@omnia-buildstream/lab/oim/http/server';
import { LabOim } from '@omnia-buildstream/lab/oim/labOim';
import { pipelineService } from '@omnia-buildstream/lab/oim/pipelineService';
import { Credential } from '@omnia-buildstream/redfish/credentials/credential';
import { failedNodesPublisher } from './failedNodesPublisher.ts';
import { writeConnection } from './connectionFiles.ts';
import { freePort } from './freePort.ts';
import { startImages } from './images.ts';
import { nodePorts, startNodes, type ClusterPorts } from './nodes.ts';
import type { ClusterOptions } from './options.ts';
import { bmcUser, defaultBranch, makeSecrets, projectPath, type Secrets } from './secrets.ts';
import { clusterWork } from './work.ts';

export interface ClusterSize extends Pick<ClusterOptions, 'size' | 'spare' | 'broken' | 'bootMs' | 'latencyMs'> {
  /** The API allows one client: register it, for whoever reads lab.json. */
  readonly registersClient?: boolean;
}

/** A whole cluster on loopback: BMCs and nodes, images, the BuildStreaM API, GitLab with the deploy pipeline. */
export interface Cluster {
  readonly lab: Lab;
  readonly oim: LabOim;
  readonly oimFaults: OimFaults;
  readonly gitlab: GitLabLab;
  readonly connection: LabConnection;
  close(): Promise<void>;
}

/**
 * Starts a cluster. `folder`, absolute, gets the certificates, the state of the management server and, when everything
 * answers, lab.json; what an earlier lab left there goes. One cluster at a time has the usual `ports`.
 */
export async function startCluster(
  size: ClusterSize,
  folder: string,
  ports: ClusterPorts = nodePorts,
): Promise<Cluster> {
  const ends: (() => Promise<void>)[] = [() => rm(path.join(folder, labConnectionFile), { force: true })];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    return { ...(await start(size, { folder, ports }, ends)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  size: ClusterSize,
  { folder, ports }: { readonly folder: string; readonly ports: ClusterPorts },
  ends: (() => Promise<void>)[],
): Promise<Omit<Cluster, 'close'>> {
  const bootFolder = await emptyFolder(folder, 'boot');
  const oimFolder = await emptyFolder(folder, 'oim');
  const secrets = makeSecrets();
  const reportPort = await freePort();
  const lab = await startNodes(size, { password: secrets.bmcPassword, reportPort, bootFolder, ports });
  ends.push(() => lab.stop());
  const images = await startImages(lab);
  ends.push(() => images.close());
  const certificate = await makeCertificate(new Date());
  const publisher = failedNodesPublisher(defaultBranch);
  const oim = new LabOim({
    work: clusterWork({
      folder: oimFolder,
      bootFolder,
      access: {
        credentials: () => Promise.resolve(new Credential('lab', bmcUser, secrets.bmcPassword)),
        tls: { ca: lab.ca, pins: [] },
        port: lab.port,
        requestTimeoutMs: undefined,
      },
      report: { kind: 'phone-home', host: '127.0.0.1', port: reportPort },
      imageGroup: (id) => images.groups.find((group) => group.id === id),
      ports,
      hostsFile: lab.hostsFile,
      kubeCa: lab.ca,
      publishFailedNodes: publisher.publish,
    }),
    clock: wallClock,
    user: secrets.apiUser,
    password: secrets.apiPassword,
    reopensFinished: true,
  });
  ends.push(() => oim.stop());
  for (const group of images.groups) addGroup(oim, group);
  const gitlab = await startGitLab(lab, oim, { certificate, spare: size.spare, secrets });
  ends.push(() => gitlab.close());
  publisher.use(gitlab.project);
  const oimFaults = new OimFaults();
  const api = new LabOimServer({ oim, certificate, faults: oimFaults, clock: wallClock });
  await api.listen();
  ends.push(() => api.close());
  const control = await ControlServer.start(lab.fleet, secrets.controlToken);
  ends.push(() => control.close());
  const connection = await writeConnection(folder, {
    certificate,
    lab,
    groups: images.groups,
    origins: { gitlab: gitlab.origin, api: api.origin, control: control.origin },
    secrets,
    report: `phone-home:127.0.0.1:${String(reportPort)}`,
    bootFolder,
    ports,
    client: size.registersClient === true ? registerClient(oim, secrets) : undefined,
  });
  return { lab, oim, oimFaults, gitlab, connection };
}

/** As the first run of the pipeline does (omnia.md section 8). */
function registerClient(oim: LabOim, { apiUser, apiPassword }: Secrets): LabApiClient {
  const { clientId, clientSecret } = oim.clients.register({ user: apiUser, password: apiPassword }, 'lab');
  return { clientId, clientSecret };
}

function addGroup(oim: LabOim, { id, images, jobId }: ImageGroup): void {
  oim.addImageGroup(
    id,
    images.map(({ role, name }) => ({ role, name })),
    jobId,
  );
}

async function startGitLab(
  lab: Lab,
  oim: LabOim,
  { certificate, spare, secrets }: { certificate: LabCertificate; spare: number; secrets: Secrets },
): Promise<GitLabLab> {
  const gitlab = await startGitLabLab({
    files: projectFiles(lab, spare),
    handler: new ServiceHandler(pipelineService(oim), defaultBranch),
    certificate,
    defaultBranch,
    projectPath,
  });
  gitlab.tokens.add({ value: secrets.gitlabToken });
  return gitlab;
}

async function emptyFolder(parent: string, name: string): Promise<string> {
  const folder = path.join(parent, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}
