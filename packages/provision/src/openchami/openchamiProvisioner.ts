import { forEachLimited } from '@omnia-buildstream/engine/concurrency/forEachLimited';
import {
  type BootChange,
  type BootProvisioner,
  type BootRequest,
  type ProvisionedNode,
} from '@omnia-buildstream/engine/ports/bootProvisioner';
import { checkValues } from '../files/safeValues.ts';
import { bootOf, bootWrites, componentWrites, differenceOf, interfaceWrites, type NodeWrite } from './differences.ts';
import { readInventory, type Inventory } from './inventory.ts';
import type { OpenchamiService } from './service.ts';
import { wantedNodes, type WantedNode } from './wanted.ts';

/** After lost answers everything is looked at, and what is still missing is sent once more. */
const rounds = 2;
const concurrency = 8;

/**
 * Boot configuration in OpenCHAMI: nodes and their interfaces in SMD, boot parameters in BSS. Reads first, writes only
 * what differs, reads back. What others have put there stays.
 */
export class OpenchamiProvisioner implements BootProvisioner {
  readonly name: string;
  readonly #service: OpenchamiService;

  constructor(url: string, service: OpenchamiService) {
    this.name = `OpenCHAMI at ${url}`;
    this.#service = service;
  }

  outdated(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  async provision({ nodes }: BootRequest, signal: AbortSignal): Promise<readonly ProvisionedNode[]> {
    checkValues(nodes);
    const before = await readInventory(this.#service, signal);
    const wanted = wantedNodes(nodes, before);
    const free = wanted.filter(({ takenBy }) => takenBy === undefined);
    const sent = new Sent();
    let now = before;
    for (let round = 1; round <= rounds; round++) {
      const isLost = await this.#send(free, now, sent, signal);
      if (sent.isEmpty) break;
      now = await readInventory(this.#service, signal);
      if (!isLost) break;
    }
    return wanted.map((one) => resultOf(one, before, now, sent));
  }

  /** @returns whether an answer was lost */
  async #send(nodes: readonly WantedNode[], now: Inventory, sent: Sent, signal: AbortSignal): Promise<boolean> {
    const lost = new Set<WantedNode>();
    // In this order: BSS may look up a MAC in SMD, and an interface names its component.
    for (const writesOf of [componentWrites, interfaceWrites, bootWrites]) {
      const open = nodes.filter((one) => !lost.has(one) && !sent.refusals.has(one));
      await forEachLimited(writesOf(open, now), concurrency, async (write) => {
        await this.#sendOne(write, sent, lost, signal);
      });
    }
    return lost.size > 0;
  }

  async #sendOne({ nodes, write }: NodeWrite, sent: Sent, lost: Set<WantedNode>, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    sent.isEmpty = false;
    const outcome = await this.#service.write(write, signal);
    for (const node of nodes) {
      if (outcome.kind === 'refused') sent.refusals.set(node, `${write.method} ${write.path}: ${outcome.detail}`);
      if (outcome.kind !== 'lost') continue;
      lost.add(node);
      sent.losses.set(node, `${write.method} ${write.path}: ${outcome.detail}`);
    }
  }
}

/** What was sent, and what became of it. */
class Sent {
  isEmpty = true;
  readonly refusals = new Map<WantedNode, string>();
  readonly losses = new Map<WantedNode, string>();
}

/** What counts is what the services show in the end. */
function resultOf(wanted: WantedNode, before: Inventory, now: Inventory, sent: Sent): ProvisionedNode {
  const { node, takenBy } = wanted;
  if (takenBy !== undefined) {
    const detail = `SMD has ${node.ip} for ${takenBy}, not for ${node.mac}; nothing was sent for this node`;
    return { node, change: 'failed', reason: 'conflict', detail };
  }
  const difference = differenceOf(wanted, now);
  if (difference === undefined) return { node, change: changeOf(wanted, before) };
  const refusal = sent.refusals.get(wanted);
  if (refusal !== undefined) return { node, change: 'failed', reason: 'refused', detail: refusal };
  const loss = sent.losses.get(wanted);
  if (loss !== undefined) return { node, change: 'failed', reason: 'unreachable', detail: `${loss}; ${difference}` };
  return { node, change: 'failed', reason: 'protocol', detail: `it was accepted, and ${difference}` };
}

function changeOf(wanted: WantedNode, before: Inventory): BootChange {
  if (differenceOf(wanted, before) === undefined) return 'unchanged';
  return bootOf(wanted, before) === undefined ? 'created' : 'updated';
}
