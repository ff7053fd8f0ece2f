import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { HttpClient } from '@omnia-buildstream/http/client/httpClient';
import { makeCertificate, type LabCertificate } from '@omnia-buildstream/lab/gitlab/certificate';
import { wallClock, type LabClock } from '@omnia-buildstream/lab/gitlab/labClock';
import { OimFaults } from '@omnia-buildstream/lab/oim/faults';
import { LabOimServer } from '@omnia-buildstream/lab/oim/http/server';
import type { LabImageGroup } from '@omnia-buildstream/lab/oim/imageGroups';
import { LabOim } from '@omnia-buildstream/lab/oim/labOim';
import { ScriptedWork } from '@omnia-buildstream/lab/oim/scriptedWork';
import { OimCredential } from '@omnia-buildstream/oim/api/credential';
import { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import { defaultBackOff } from '@omnia-buildstream/oim/api/backOff';

export const apiUser = 'bsm-admin';
export const apiPassword = 'api-password-7c1f';
export const imageGroupId = 'rhel10-slurm';
export const roles = [{ role: 'slurm_node_x86_64', name: 'rhel-slurm_node_x86_64' }];

/** The machine's clock, a thousand times as fast for whoever waits. */
export const hastyClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now() * 1000,
  async sleep(durationMs, signal) {
    signal?.throwIfAborted();
    await wait(durationMs / 1000, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw error;
    });
  },
};

/** Something to wait for that a test lets happen. */
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

/** A lab's BuildStreaM API with one image group whose images are built. */
export interface OimLab extends NewOimLab {
  readonly credential: OimCredential;
}

/** The same before anybody has registered a client. */
export interface NewOimLab {
  readonly server: LabOimServer;
  readonly oim: LabOim;
  readonly work: ScriptedWork;
  readonly faults: OimFaults;
  readonly certificate: LabCertificate;
  readonly group: LabImageGroup;
  /** Moves the server's time. */
  readonly passMs: (ms: number) => void;
  readonly stop: () => Promise<void>;
}

export async function startOimLab(): Promise<OimLab> {
  const lab = await startNewOimLab();
  const { clientId, clientSecret } = lab.oim.clients.register({ user: apiUser, password: apiPassword }, 'test');
  return { ...lab, credential: new OimCredential(clientId, clientSecret) };
}

export async function startNewOimLab(): Promise<NewOimLab> {
  let aheadMs = 0;
  const clock: LabClock = {
    now: () => new Date(Date.now() + aheadMs),
    sleep: (ms, signal) => wallClock.sleep(ms, signal),
  };
  const work = new ScriptedWork(clock);
  const oim = new LabOim({ work, clock, user: apiUser, password: apiPassword });
  const group = oim.addImageGroup(imageGroupId, roles);
  const faults = new OimFaults();
  const certificate = await makeCertificate(new Date());
  const server = new LabOimServer({ oim, certificate, faults, clock });
  await server.listen();
  return {
    server,
    oim,
    work,
    faults,
    certificate,
    group,
    passMs: (ms) => {
      aheadMs += ms;
    },
    stop: async () => {
      await oim.stop();
      await server.close();
    },
  };
}

export function httpFor({ server, certificate }: OimLab, requestTimeoutMs = 5_000): HttpClient {
  const tls = { ca: certificate.cert, pins: [] };
  return new HttpClient({ server: new URL(server.origin), tls, requestTimeoutMs });
}

export function clientFor(lab: OimLab, credential = lab.credential, requestTimeoutMs?: number): OimClient {
  const waiting = { clock: hastyClock, random: () => 0.5, backOff: defaultBackOff };
  return new OimClient(httpFor(lab, requestTimeoutMs), credential, waiting);
}
