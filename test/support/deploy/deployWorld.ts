import { planDeploy, type DeployPlan } from '@omnia-buildstream/core/plan/planDeploy';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { DeployEvent } from '@omnia-buildstream/engine/deploy/events';
import { defaultDeploySettings } from '@omnia-buildstream/engine/deploy/settings';
import type { DeployInput } from '@omnia-buildstream/engine/deploy/runDeploy';
import type { BmcClient, BmcConnection } from '@omnia-buildstream/engine/ports/bmc';
import type { BootProvisioner, BootRequest, ProvisionedNode } from '@omnia-buildstream/engine/ports/bootProvisioner';
import type { ImageFault, ImageProbe } from '@omnia-buildstream/engine/ports/imageProbe';
import type { RoleImage } from '@omnia-buildstream/engine/ports/images';
import { cluster } from '../cluster.ts';
import { VirtualClock } from '../engine/virtualClock.ts';

const roles = [
  'service_kube_control_plane_x86_64',
  'service_kube_node_x86_64',
  'slurm_control_node_x86_64',
  'slurm_node_x86_64',
];

export function imageFor(role: string): RoleImage {
  const base = `http://10.5.0.1:9000/boot-images/${role}`;
  return {
    role,
    name: `${role}-image`,
    boot: { kernel: `${base}/vmlinuz`, initrd: `${base}/initrd`, rootfs: `${base}/rootfs`, params: 'console=ttyS0' },
  };
}

/** An image for each role of the small cluster. */
export const images: readonly RoleImage[] = roles.map(imageFor);

export function planOf(given: readonly RoleImage[] = images, mapping = cluster): DeployPlan<RoleImage> {
  return planDeploy({ rows: targetsOf(mapping, '2.2'), imageGroup: 'G', images: given });
}

/** Records the requests; reports each node as created. */
class FakeProvisioner implements BootProvisioner {
  readonly name = phrase('A fake');
  readonly requests: BootRequest[] = [];
  answer: (request: BootRequest) => Promise<readonly ProvisionedNode[]> = ({ nodes }) =>
    Promise.resolve(nodes.map((node) => ({ node, change: 'created' })));

  outdated(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  notes(): Promise<readonly Phrase[]> {
    return Promise.resolve([]);
  }

  provision(request: BootRequest): Promise<readonly ProvisionedNode[]> {
    this.requests.push(request);
    return this.answer(request);
  }
}

/** Answers from a table and counts concurrent probes. */
class FakeProbe implements ImageProbe {
  readonly asked: string[] = [];
  readonly faults = new Map<string, ImageFault>();
  most = 0;
  #now = 0;

  async probe(url: string): Promise<ImageFault | undefined> {
    this.asked.push(url);
    this.most = Math.max(this.most, ++this.#now);
    await Promise.resolve();
    this.#now--;
    return this.faults.get(url);
  }
}

/** BMCs that either answer or do not, and do nothing else. */
class FakeBmcs implements BmcClient {
  readonly reached: string[] = [];
  open = 0;
  /** What `reach` does for an address. Undefined if it answers. */
  fault: (address: string) => Promise<never> | undefined = () => undefined;

  connect(address: string): BmcConnection {
    this.open++;
    const never = (): Promise<never> => Promise.reject(new Error('the deploy stage only asks whether a BMC answers'));
    return {
      reach: () => {
        this.reached.push(address);
        return this.fault(address) ?? Promise.resolve({ vendor: 'Dell', product: 'iDRAC', redfishVersion: '1.17.0' });
      },
      login: never,
      readiness: never,
      read: never,
      setPxe: never,
      takeBackPxe: never,
      reset: never,
      timeNow: never,
      findings: never,
      close: () => {
        this.open--;
        return Promise.resolve();
      },
    };
  }
}

export interface DeployWorld {
  readonly input: DeployInput;
  readonly events: DeployEvent[];
  readonly provisioner: FakeProvisioner;
  readonly probe: FakeProbe;
  readonly bmcs: FakeBmcs;
  readonly stop: AbortController;
  readonly stopAtOnce: AbortController;
}

export function deployWorld(changes: Partial<DeployInput> = {}): DeployWorld {
  const events: DeployEvent[] = [];
  const [provisioner, probe, bmcs] = [new FakeProvisioner(), new FakeProbe(), new FakeBmcs()];
  const [stop, stopAtOnce] = [new AbortController(), new AbortController()];
  const input: DeployInput = {
    plan: planOf(),
    mappingErrors: [],
    settings: defaultDeploySettings,
    bmcCheck: { kind: 'all' },
    bmc: bmcs,
    images: probe,
    clock: new VirtualClock(),
    jobId: 'J',
    provisioner,
    emit: (event) => events.push(event),
    stop: stop.signal,
    stopAtOnce: stopAtOnce.signal,
    ...changes,
  };
  return { input, events, provisioner, probe, bmcs, stop, stopAtOnce };
}
