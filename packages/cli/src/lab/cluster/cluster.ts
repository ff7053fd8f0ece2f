import type { LabApiClient, LabConnection } from '@omnia-buildstream/core/lab/connection';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import { MovableClock } from '@omnia-buildstream/engine/time/movableClock';
import { PatientClock } from '@omnia-buildstream/engine/time/patientClock';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { labKinds } from '@omnia-buildstream/lab/cluster/kinds';
import { projectFiles } from '@omnia-buildstream/lab/cluster/projectFiles';
import { ControlServer } from '@omnia-buildstream/lab/control/controlServer';
import { makeCertificate, type LabCertificate } from '@omnia-buildstream/lab/gitlab/certificate';
import { startGitLabLab, type GitLabLab } from '@omnia-buildstream/lab/gitlab/lab';
import { labClockOf, type LabClock } from '@omnia-buildstream/lab/gitlab/labClock';
import { omniaLayouts } from '@omnia-buildstream/lab/gitlab/omnia/layout';
import { ServiceHandler } from '@omnia-buildstream/lab/gitlab/omnia/serviceHandler';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { OimFaults } from '@omnia-buildstream/lab/oim/faults';
import { LabOimServer } from '@omnia-buildstream/lab/oim/http/server';
import { LabOim } from '@omnia-buildstream/lab/oim/labOim';
import { oimPasts, type OimPast } from '@omnia-buildstream/lab/oim/past';
import { pipelineService, type ImageStore } from '@omnia-buildstream/lab/oim/pipelineService';
import { LabFolder } from '@omnia-buildstream/lab/ownership/labFolder';
import { thisMachine } from '@omnia-buildstream/runner/machine';
import { Credential } from '@omnia-buildstream/redfish/credentials/credential';
import { failedNodesPublisher } from './failedNodesPublisher.ts';
import { writeConnection } from './connectionFiles.ts';
import { startImages } from './images.ts';
import { startNodes } from './nodes.ts';
import type { ClusterSize } from './size.ts';
import { bmcUser, defaultBranch, makeSecrets, projectPath, type Secrets } from './secrets.ts';
import { clusterWork } from './work.ts';

/** A whole cluster on loopback: BMCs and nodes, images, the BuildStreaM API, GitLab with the deploy pipeline. */
export interface Cluster {
  readonly lab: Lab;
  readonly oim: LabOim;
  readonly oimFaults: OimFaults;
  readonly gitlab: GitLabLab;
  readonly connection: LabConnection;
  /** How often its control server was asked, so far. */
  readonly asked: () => number;
  /** Where the kernel of an image is, as long as nobody has deleted it. */
  readonly imageUrl: (imageGroup: string, role: string) => string;
  close(): Promise<void>;
}

/**
 * Starts a cluster. `folder`, absolute, gets the certificates, the state of the management server and, once everything
 * responds, lab.json. All of it is removed at the end.
 * @throws NotALabFolder @throws StateError when another lab has the folder
 * @throws AddressInUse when a port or network that was named is taken
 */
export async function startCluster(size: ClusterSize, folder: string): Promise<Cluster> {
  const labFolder = await LabFolder.take(folder);
  const ends: (() => Promise<void>)[] = [() => labFolder.release()];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    return { ...(await start(size, labFolder, ends)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  size: ClusterSize,
  folder: LabFolder,
  ends: (() => Promise<void>)[],
): Promise<Omit<Cluster, 'close'>> {
  const bootFolder = await folder.subfolder('boot');
  const oimFolder = await folder.subfolder('oim');
  const secrets = makeSecrets();
  const end = new AbortController();
  // The stages of a lab have short limits, which must not be reached because the machine is busy.
  const patient = new PatientClock(systemClock, end.signal);
  ends.push(() => {
    end.abort();
    return patient.ended;
  });
  const clock = new MovableClock(patient);
  const labClock = labClockOf(clock);
  const lab = await startNodes(size, { clock, password: secrets.bmcPassword, bootFolder });
  ends.push(() => lab.stop());
  const { omnia = '2.2', servesArtifacts = false, past = 'none' } = size;
  const oimPast = oimPasts[past];
  const kind = labKinds[omnia];
  const images = await startImages(lab, kind, kind.imageGroups.slice(-oimPast.imageGroups));
  ends.push(() => images.close());
  const certificate = await makeCertificate(labClock.now());
  const publisher = failedNodesPublisher(defaultBranch);
  const oim = new LabOim({
    work: clusterWork({
      version: omnia,
      folder: oimFolder,
      bootFolder,
      machine: { ...thisMachine, clock },
      access: {
        credentials: () => Promise.resolve(new Credential('lab', bmcUser, secrets.bmcPassword)),
        tls: { ca: lab.ca, pins: [] },
        port: lab.port,
        requestTimeoutMs: undefined,
      },
      report: { kind: 'phone-home', ...lab.report },
      imageGroup: (id) => images.groups.find((group) => group.id === id),
      ports: lab.ports,
      hostsFile: lab.hostsFile,
      kubeCa: lab.ca,
      publishFailedNodes: publisher.publish,
    }),
    clock: labClock,
    user: secrets.apiUser,
    password: secrets.apiPassword,
    version: omnia,
    servesArtifacts,
    afterPassed: size.afterPassed,
    resultDelayMs: size.resultDelayMs ?? 0,
  });
  ends.push(() => oim.stop());
  for (const group of images.groups) addGroup(oim, group, oimPast);
  const gitlab = await startGitLab(lab, oim, { clock: labClock, certificate, size, secrets, store: images.store });
  ends.push(() => gitlab.close());
  publisher.use(gitlab.project);
  const oimFaults = new OimFaults();
  const api = new LabOimServer({ oim, certificate, faults: oimFaults, clock: labClock });
  await api.listen(size.apiPort);
  ends.push(() => api.close());
  const control = await ControlServer.start({ fleet: lab.fleet, clock, oimFaults }, secrets.controlToken);
  ends.push(() => control.close());
  const connection = await writeConnection(folder, {
    certificate,
    lab,
    groups: newestFirst(images.groups, oim),
    origins: { gitlab: gitlab.origin, api: api.origin, control: control.origin },
    secrets,
    bootFolder,
    omnia,
    afterPassed: size.afterPassed,
    servesArtifacts,
    past,
    client:
      size.registersClient === true ? registerClient(oim, secrets, { now: labClock.now(), ...oimPast }) : undefined,
  });
  return { lab, oim, oimFaults, gitlab, connection, asked: () => control.asked, imageUrl: images.urlOf };
}

/** As the API lists them, with the times when they were built. */
function newestFirst(groups: readonly ImageGroup[], oim: LabOim): ImageGroup[] {
  const builtAt = new Map(oim.imageGroups.map(({ id, createdAt }) => [id, createdAt.getTime()]));
  return groups.map((group) => ({ ...group, updatedAt: builtAt.get(group.id) })).reverse();
}

/** As the first run of the pipeline does (omnia.md section 8). */
function registerClient(
  oim: LabOim,
  { apiUser, apiPassword }: Secrets,
  { now, scopes }: { readonly now: Date } & Pick<OimPast, 'scopes'>,
): LabApiClient {
  const name = `gitlab-ci-client-${String(Math.floor(now.getTime() / 1000))}`;
  const { clientId, clientSecret } = oim.clients.register({ user: apiUser, password: apiPassword }, name, scopes);
  return { clientId, clientSecret };
}

function addGroup(oim: LabOim, { id, images, jobId }: ImageGroup, { attempts }: OimPast): void {
  const group = oim.addImageGroup(
    id,
    images.map(({ role, name }) => ({ role, name })),
    jobId,
  );
  oim.remember(group.jobId, attempts);
}

async function startGitLab(
  lab: Lab,
  oim: LabOim,
  {
    clock,
    certificate,
    size,
    secrets,
    store,
  }: { clock: LabClock; certificate: LabCertificate; size: ClusterSize; secrets: Secrets; store: ImageStore },
): Promise<GitLabLab> {
  const { omnia = '2.2' } = size;
  const gitlab = await startGitLabLab({
    files: projectFiles(lab, size),
    clock,
    omnia,
    handler: new ServiceHandler(pipelineService(oim, store), defaultBranch, omniaLayouts[omnia]),
    certificate,
    defaultBranch,
    projectPath,
    ...(size.gitlabPort === undefined ? {} : { port: size.gitlabPort }),
  });
  gitlab.tokens.add({ value: secrets.gitlabToken });
  return gitlab;
}
