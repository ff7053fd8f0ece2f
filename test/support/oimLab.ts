import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { HttpClient } from '@omnia-buildstream/http/client/httpClient';
import { makeCertificate, type LabCertificate } from '@omnia-buildstream/lab/gitlab/certificate';
import { labClockOf, type LabClock } from '@omnia-buildstream/lab/gitlab/labClock';
import { OimFaults } from '@omnia-buildstream/lab/oim/faults';
import { LabOimServer } from '@omnia-buildstream/lab/oim/http/server';
import type { LabImageGroup } from '@omnia-buildstream/lab/oim/imageGroups';
import { LabOim, type LabOimSettings } from '@omnia-buildstream/lab/oim/labOim';
import { ScriptedWork } from './scriptedWork.ts';
import { OimCredential } from '@omnia-buildstream/oim/api/credential';
import { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import { defaultBackOff } from '@omnia-buildstream/oim/api/backOff';
import type { NetworkClock } from './engine/networkClock.ts';

export const apiUser = 'bsm-admin';
export const apiPassword = 'api-password-7c1f';
export const imageGroupId = 'rhel10-slurm';
/** The roles in the tests' mapping files. */
export const roles = [
  'slurm_node_x86_64',
  'slurm_control_node_x86_64',
  'service_kube_control_plane_x86_64',
  'service_kube_node_x86_64',
].map((role) => ({ role, name: `s3://boot-images/${role}/rhel-${role}_${imageGroupId}/` }));

/** A promise that a test resolves when it chooses. */
export function gate(): { readonly until: Promise<void>; readonly release: () => void } {
  let release = (): void => undefined;
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    until,
    release: () => {
      release();
    },
  };
}

/** A lab's BuildStreaM API with one image group whose images have been built. */
export interface OimLab extends NewOimLab {
  readonly credential: OimCredential;
}

/** The same before any client has registered. */
export interface NewOimLab {
  readonly server: LabOimServer;
  readonly oim: LabOim;
  readonly work: ScriptedWork;
  readonly faults: OimFaults;
  readonly certificate: LabCertificate;
  readonly group: LabImageGroup;
  /** Clock of the work, and of clients that follow it. */
  readonly clock: Clock;
  /** Advances the server's time. */
  readonly passMs: (ms: number) => void;
  readonly stop: () => Promise<void>;
}

/** Which API is simulated. Default: that of 2.2, as observed. */
export type OimKind = Pick<LabOimSettings, 'afterPassed' | 'version' | 'servesArtifacts' | 'resultDelayMs'>;

/** @param network lets time pass by itself only while nothing else happens. Default: the machine's time */
export async function startOimLab(network?: NetworkClock, kind?: OimKind): Promise<OimLab> {
  const lab = await startNewOimLab(network, kind);
  const { clientId, clientSecret } = lab.oim.clients.register({ user: apiUser, password: apiPassword }, 'test');
  return { ...lab, credential: new OimCredential(clientId, clientSecret) };
}

export async function startNewOimLab(network?: NetworkClock, kind: OimKind = {}): Promise<NewOimLab> {
  let aheadMs = 0;
  const clock = network?.clock ?? systemClock;
  const ownClock = labClockOf(clock);
  const labClock: LabClock = { ...ownClock, now: () => new Date(clock.now() + aheadMs) };
  /** The server waits only to hold an answer back. */
  const serverClock: LabClock = {
    now: () => labClock.now(),
    sleep: async (ms, signal) => {
      const release = network?.onHold('127.0.0.1');
      await ownClock.sleep(ms, signal);
      release?.();
    },
  };
  const work = new ScriptedWork(labClock);
  const oim = new LabOim({ work, clock: labClock, user: apiUser, password: apiPassword, ...kind });
  const group = oim.addImageGroup(imageGroupId, roles);
  const faults = new OimFaults();
  const certificate = await makeCertificate(new Date());
  const server = new LabOimServer({ oim, certificate, faults, clock: serverClock });
  await server.listen();
  return {
    server,
    oim,
    work,
    faults,
    certificate,
    group,
    clock,
    passMs: (ms) => {
      aheadMs += ms;
    },
    stop: async () => {
      await oim.stop();
      await server.close();
    },
  };
}

export function httpFor({ server, certificate, clock }: OimLab, requestTimeoutMs = 60_000): HttpClient {
  const tls = { ca: certificate.cert, pins: [] };
  return new HttpClient({ server: new URL(server.origin), tls, clock, requestTimeoutMs });
}

export function clientFor(lab: OimLab, credential = lab.credential, requestTimeoutMs?: number): OimClient {
  const waiting = { clock: lab.clock, random: () => 0.5, backOff: defaultBackOff };
  return new OimClient(httpFor(lab, requestTimeoutMs), credential, waiting);
}
