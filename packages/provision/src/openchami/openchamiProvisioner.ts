import { phrase, together, type Phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import { forEachLimited } from '@omnia-buildstream/engine/concurrency/forEachLimited';
import {
  ProvisionError,
  type BootChange,
  type BootProvisioner,
  type BootRequest,
  type ProvisionedNode,
  type Tell,
} from '@omnia-buildstream/engine/ports/bootProvisioner';
import { checkValues } from '../files/safeValues.ts';
import type { BootApi, NodeWrite } from './bootApi.ts';
import { bootWrites, componentWrites, differenceOf, interfaceWrites, obstacleTo } from './differences.ts';
import { findBootApi, hasTokensmith } from './findBootApi.ts';
import { readInventory, type Inventory } from './inventory.ts';
import { openchamiTexts as texts } from './openchamiTexts.ts';
import { giveReportNeeds } from './reportNeeds.ts';
import { readReportState } from './reportState.ts';
import { lackingNeeds } from './missingNeeds.ts';
import { tellUnknownNodes } from './unknownNodes.ts';
import type { OpenchamiService } from './service.ts';
import { wantedNodes, type WantedNode } from './wanted.ts';

/** After lost responses, everything is read again, and what is still missing is sent once more. */
const rounds = 2;
const concurrency = 8;

/**
 * Boot configuration in OpenCHAMI: nodes and their interfaces in SMD, boot parameters in boot-service or BSS, depending
 * on which responds. Reads first, writes only what differs, and reads back. Entries of others are kept.
 */
export class OpenchamiProvisioner implements BootProvisioner {
  readonly name: Phrase;
  readonly #service: OpenchamiService;

  constructor(url: string, service: OpenchamiService) {
    this.name = phrase(texts.name, { url });
    this.#service = service;
  }

  outdated(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  /** Only reads. If something cannot be read, a note says so, because the plan is valid nevertheless. */
  async notes({ nodes }: BootRequest, signal: AbortSignal): Promise<readonly Phrase[]> {
    const gets = phrase(texts.gets);
    try {
      const api = await this.#find(signal);
      const now = await readInventory(this.#service, api, signal);
      const report = await readReportState(this.#service, api, signal);
      const found = phrase(texts.bootGoesTo, { api: api.name });
      return [gets, found, ...lackingNeeds(wantedNodes(nodes, now), { components: now.components, report })];
    } catch (error) {
      if (!(error instanceof ProvisionError)) throw error;
      return [gets, phrase(texts.unknown, { why: error.said })];
    }
  }

  async provision({ nodes }: BootRequest, signal: AbortSignal, tell?: Tell): Promise<readonly ProvisionedNode[]> {
    checkValues(nodes);
    const api = await this.#find(signal);
    tell?.('info', phrase(texts.respond, { target: this.name, api: api.name }));
    const before = await readInventory(this.#service, api, signal);
    const wanted = wantedNodes(nodes, before);
    const free = wanted.filter((one) => one.takenBy === undefined && obstacleTo(one, before) === undefined);
    const sent = new Sent();
    let now = before;
    for (let round = 1; round <= rounds; round++) {
      const isLost = await this.#send(free, now, sent, signal);
      if (sent.isEmpty) break;
      now = await readInventory(this.#service, api, signal);
      if (!isLost) break;
    }
    await tellUnknownNodes(this.#service, api, { wanted, tell, signal });
    const results = wanted.map((one) => resultOf(one, { before, now, sent, bootName: api.name }));
    const there = wanted.filter((_, index) => results[index]?.change !== 'failed');
    await giveReportNeeds(this.#service, api, { nodes: there, components: now.components, tell, signal });
    return results;
  }

  /** If the token is refused, the error says where tokens come from. */
  async #find(signal: AbortSignal): Promise<BootApi> {
    try {
      return await findBootApi(this.#service, signal);
    } catch (error) {
      const isToken = error instanceof ProvisionError && error.reason === 'unauthorized';
      if (!isToken || !(await hasTokensmith(this.#service, signal))) throw error;
      throw new ProvisionError('unauthorized', together([error.said, phrase(texts.tokensmith)], '. '), error);
    }
  }

  /** @returns whether a response was lost */
  async #send(nodes: readonly WantedNode[], now: Inventory, sent: Sent, signal: AbortSignal): Promise<boolean> {
    const lost = new Set<WantedNode>();
    const open = () => nodes.filter((one) => !lost.has(one) && !sent.refusals.has(one));
    const step = (writes: readonly NodeWrite[]) =>
      forEachLimited(writes, concurrency, async (write) => {
        await this.#sendOne(write, sent, lost, signal);
      });
    // In this order: BSS may look up a MAC in SMD, and an interface names its component.
    await step(componentWrites(open(), now));
    await step(interfaceWrites(open(), now));
    for (const writes of bootWrites(open(), now)) {
      // A step that depends on a failed one would leave a node without parameters.
      const withdrawn = writes.filter(({ nodes: about }) =>
        about.some((one) => lost.has(one) || sent.refusals.has(one)),
      );
      for (const { nodes: about } of withdrawn) sent.withdraw(about, lost);
      await step(writes.filter((write) => !withdrawn.includes(write)));
    }
    return lost.size > 0;
  }

  async #sendOne({ nodes, write }: NodeWrite, sent: Sent, lost: Set<WantedNode>, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    sent.isEmpty = false;
    const outcome = await this.#service.write(write, signal);
    for (const node of nodes) {
      if (outcome.kind === 'refused')
        sent.refusals.set(node, together([`${write.method} ${write.path}`, outcome.detail], ': '));
      if (outcome.kind !== 'lost') continue;
      lost.add(node);
      sent.losses.set(node, together([`${write.method} ${write.path}`, outcome.detail], ': '));
    }
  }
}

/** What was sent, and the outcome. */
class Sent {
  isEmpty = true;
  readonly refusals = new Map<WantedNode, Said>();
  readonly losses = new Map<WantedNode, Said>();

  /** Marks nodes that share a request with a node whose previous step failed. */
  withdraw(nodes: readonly WantedNode[], lost: Set<WantedNode>): void {
    const refusal = nodes.map((one) => this.refusals.get(one)).find((detail) => detail !== undefined);
    const loss = nodes.map((one) => this.losses.get(one)).find((detail) => detail !== undefined);
    for (const one of nodes) {
      if (refusal !== undefined) this.refusals.set(one, this.refusals.get(one) ?? refusal);
      else if (loss !== undefined) {
        lost.add(one);
        this.losses.set(one, this.losses.get(one) ?? loss);
      }
    }
  }
}

interface Looks {
  readonly before: Inventory;
  readonly now: Inventory;
  readonly sent: Sent;
  /** Name of the service that stores the boot parameters. */
  readonly bootName: string;
}

/** The result depends only on what the services show in the end. */
function resultOf(wanted: WantedNode, { before, now, sent, bootName }: Looks): ProvisionedNode {
  const { node, takenBy } = wanted;
  if (takenBy !== undefined) {
    const detail = phrase(texts.takenBy, { ip: node.ip, other: takenBy, mac: node.mac });
    return { node, change: 'failed', reason: 'conflict', detail };
  }
  const obstacle = obstacleTo(wanted, before);
  if (obstacle !== undefined) {
    const detail = phrase(texts.obstacle, { api: bootName, mac: node.mac, obstacle });
    return { node, change: 'failed', reason: 'conflict', detail };
  }
  const difference = differenceOf(wanted, now, bootName);
  if (difference === undefined) return { node, change: changeOf(wanted, before) };
  const refusal = sent.refusals.get(wanted);
  if (refusal !== undefined) return { node, change: 'failed', reason: 'refused', detail: refusal };
  const loss = sent.losses.get(wanted);
  if (loss === undefined) {
    return { node, change: 'failed', reason: 'protocol', detail: phrase(texts.accepted, { difference }) };
  }
  return { node, change: 'failed', reason: 'unreachable', detail: together([loss, difference], '; ') };
}

function changeOf(wanted: WantedNode, before: Inventory): BootChange {
  if (differenceOf(wanted, before, '') === undefined) return 'unchanged';
  return before.boot.configOf(wanted) === undefined ? 'created' : 'updated';
}
