import { createServer, type Server } from 'node:net';
import { adminOctet, octetsFor, type AddressPlan } from './addresses.ts';
import { AddressInUse, listen } from './listen.ts';

/** Every lab holds this port in each of its networks: the lab that holds the port owns the network. */
const claimPort = 27_420;
const firstOctet = 20;
const lastOctet = 239;

/** A given port, or `usual` for the usual one, or a free one if that is taken. */
export type PortWish = number | 'usual';

export interface NetworkWish {
  readonly nodes: number;
  /** Second octet of the first network. Undefined for the first that are free. */
  readonly octet: number | undefined;
  /** Networks before this one are not tried. */
  readonly from?: number;
}

/** Every loopback network is taken, or something on the machine listens on the labs' own port everywhere. */
export class NoFreeNetwork extends Error {
  constructor() {
    super(`no loopback network from 127.${String(firstOctet)} to 127.${String(lastOctet)} is free`);
    this.name = 'NoFreeNetwork';
  }
}

/**
 * The loopback networks of one lab, its own until they are released or the process ends. The operating system decides:
 * a lab holds a socket in each network, and one for each port that it uses, so that neither another lab nor a program
 * that listens on all addresses takes what a node needs later, when it boots.
 */
export class LabNetwork implements AddressPlan {
  readonly octet: number;
  readonly octets: number;
  readonly #held: Server[];

  /** @throws AddressInUse if the requested network is taken @throws NoFreeNetwork */
  static async take({ nodes, octet, from = firstOctet }: NetworkWish): Promise<LabNetwork> {
    const octets = octetsFor(nodes);
    if (octet !== undefined) return new LabNetwork({ octet, octets }, await claim(octet, 2 * octets));
    for (let first = from; first + 2 * octets - 1 <= lastOctet; first += 2) {
      try {
        return new LabNetwork({ octet: first, octets }, await claim(first, 2 * octets));
      } catch (error) {
        if (!(error instanceof AddressInUse)) throw error;
      }
    }
    throw new NoFreeNetwork();
  }

  private constructor({ octet, octets }: AddressPlan, held: Server[]) {
    this.octet = octet;
    this.octets = octets;
    this.#held = held;
  }

  /** Address of the management server on the admin network. Nothing listens there until a stage waits for reports. */
  get managementAddress(): string {
    return `127.${String(adminOctet(this))}.255.254`;
  }

  /**
   * Reserves a port at any address of the lab's networks for as long as the lab runs.
   * @param wish 0 for a free one
   * @throws AddressInUse if the requested one is taken
   */
  async keep(wish: number): Promise<number> {
    const server = deaf();
    const port = await listen(server, wish, keeperOf(adminOctet(this)));
    this.#held.push(server);
    return port;
  }

  /** Like {@link keep}, but with a free port if the usual one is taken. */
  async keepUsual(usual: number): Promise<number> {
    try {
      return await this.keep(usual);
    } catch (error) {
      if (!(error instanceof AddressInUse)) throw error;
      return this.keep(0);
    }
  }

  release(): Promise<void> {
    return closeAll(this.#held.splice(0));
  }
}

async function claim(first: number, count: number): Promise<Server[]> {
  const held: Server[] = [];
  try {
    for (let octet = first; octet < first + count; octet++) {
      const server = deaf();
      await listen(server, claimPort, keeperOf(octet));
      held.push(server);
    }
    return held;
  } catch (error) {
    await closeAll(held);
    throw error;
  }
}

function keeperOf(octet: number): string {
  return `127.${String(octet)}.255.252`;
}

/** Holds its address and closes every connection. */
function deaf(): Server {
  return createServer((socket) => {
    socket.on('error', () => undefined);
    socket.destroy();
  });
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
}
