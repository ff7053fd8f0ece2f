import {
  BmcError,
  type BmcClient,
  type BmcConnection,
  type PxeLasting,
  type Readiness,
  type ResetAnswer,
  type ResetKind,
  type ServiceIdentity,
  type SystemState,
} from '@omnia-buildstream/engine/ports/bmc';
import type { Clock, Random } from '@omnia-buildstream/engine/ports/clock';
import type { CredentialSource } from '../credentials/credential.ts';
import { LoginGuard } from '../credentials/loginGuard.ts';
import { defaultRetry, type RetrySettings } from '../http/retry.ts';
import { parseHost } from '@omnia-buildstream/http/hosts/hostPattern';
import { judgingConnector } from '@omnia-buildstream/http/tls/connector';
import type { TlsPolicy } from '@omnia-buildstream/http/tls/policy';
import { readOverride, setPxe, type OverrideReading } from './override.ts';
import { readReadiness } from './readiness.ts';
import { sendReset } from './reset.ts';
import { RedfishService, type ServiceSettings } from './service.ts';
import { discover, overrideOf, systemStateOf, type SystemMap } from './system.ts';

export interface RedfishSettings {
  readonly clock: Clock;
  readonly random: Random;
  readonly credentials: CredentialSource;
  readonly tls: TlsPolicy;
  readonly port?: number;
  /** For one HTTP request, connecting included. Dell's modules wait 30 s (redfish.md section 5). */
  readonly requestTimeoutMs?: number;
  readonly retry?: RetrySettings;
}

const defaultRequestTimeoutMs = 30_000;

/** BMCs over Redfish. What one of them refused is remembered as long as this lives. */
export class RedfishClient implements BmcClient {
  readonly #settings: ServiceSettings;

  constructor({ tls, port = 443, retry = defaultRetry, ...settings }: RedfishSettings) {
    const requestTimeoutMs = settings.requestTimeoutMs ?? defaultRequestTimeoutMs;
    const connect = judgingConnector(tls, requestTimeoutMs, settings.clock);
    this.#settings = { ...settings, requestTimeoutMs, connect, port, retry, guard: new LoginGuard() };
  }

  connect(address: string): BmcConnection {
    if (parseHost(address) === undefined) return new NoConnection();
    return new RedfishConnection(new RedfishService(address, this.#settings), this.#settings.clock);
  }
}

/** To a text that names no host: nothing is sent anywhere, and nobody else is kept from being asked. */
class NoConnection implements BmcConnection {
  reach = refuseAddress;
  login = refuseAddress;
  readiness = refuseAddress;
  read = refuseAddress;
  setPxe = refuseAddress;
  reset = refuseAddress;
  close = (): Promise<void> => Promise.resolve();
}

function refuseAddress(): Promise<never> {
  return Promise.reject(new BmcError('unreachable', 'BMC_IP is not an address'));
}

class RedfishConnection implements BmcConnection {
  readonly #service: RedfishService;
  readonly #clock: Clock;
  #map: SystemMap | undefined;
  /** The reading that a change may build on. */
  #last: OverrideReading | undefined;

  constructor(service: RedfishService, clock: Clock) {
    this.#service = service;
    this.#clock = clock;
  }

  reach(signal: AbortSignal): Promise<ServiceIdentity> {
    return this.#service.reach(signal);
  }

  login(signal: AbortSignal): Promise<void> {
    return this.#service.login(signal);
  }

  async readiness(signal: AbortSignal): Promise<Readiness> {
    return readReadiness(this.#service, await this.#mapOf(signal), signal);
  }

  async read(signal: AbortSignal): Promise<SystemState> {
    const map = await this.#mapOf(signal);
    const reading = await readOverride(this.#service, map, signal);
    this.#last = reading;
    return { ...systemStateOf(reading.system.body), override: overrideOf(reading.answer.body) };
  }

  async setPxe(lasting: PxeLasting, signal: AbortSignal): Promise<void> {
    const last = this.#last;
    this.#last = undefined;
    const options = { clock: this.#clock, signal, ...(last === undefined ? {} : { last }) };
    await setPxe(this.#service, await this.#mapOf(signal), lasting, options);
  }

  async reset(kind: ResetKind, signal: AbortSignal): Promise<ResetAnswer> {
    return sendReset(this.#service, await this.#mapOf(signal), kind, signal);
  }

  close(): Promise<void> {
    return this.#service.close();
  }

  async #mapOf(signal: AbortSignal): Promise<SystemMap> {
    this.#map ??= await discover(this.#service, signal);
    return this.#map;
  }
}
