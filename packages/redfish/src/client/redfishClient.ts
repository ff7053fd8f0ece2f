import { phrase } from '@omnia-buildstream/core/text/phrase';
import { bmcTexts } from '../bmcTexts.ts';
import type { RecoveryAct } from '@omnia-buildstream/core/restart/recoveryAct';
import { type ResetKind } from '@omnia-buildstream/core/restart/resetKind';
import {
  BmcError,
  type BmcClient,
  type BmcConnection,
  type BootFindings,
  type FindingsRequest,
  type NetworkBoot,
  type Readiness,
  type ResetAnswer,
  type RowHardware,
  type ServiceIdentity,
  type SystemState,
} from '@omnia-buildstream/engine/ports/bmc';
import type { BmcManager, Inventory, ManagedBmc, RecoveryEnd } from '@omnia-buildstream/engine/ports/managedBmc';
import type { Clock, Random } from '@omnia-buildstream/engine/ports/clock';
import type { CredentialSource } from '../credentials/credential.ts';
import { LoginGuard } from '../credentials/loginGuard.ts';
import { defaultRetry, type RetrySettings } from '../http/retry.ts';
import { parseHost } from '@omnia-buildstream/http/hosts/hostPattern';
import { judgingConnector } from '@omnia-buildstream/http/tls/connector';
import type { TlsPolicy } from '@omnia-buildstream/http/tls/policy';
import { hardwareOf, needsMacs, optional, readMacs } from './hardware.ts';
import { textAt } from './json.ts';
import { OverrideSetting, type OverrideReading } from './override.ts';
import { readFindings } from './findings.ts';
import { readInventory } from './inventory.ts';
import { performAct, readOffers, type RecoveryPlace } from './recovery.ts';
import { readReadiness } from './readiness.ts';
import { sendReset } from './reset.ts';
import { RedfishService, type ServiceSettings } from './service.ts';
import { discover, resetsOf, systemStateOf, type SystemMap } from './system.ts';

export interface RedfishSettings {
  readonly clock: Clock;
  /** Measures the limits of single requests; by default `clock`. */
  readonly limitClock?: Clock;
  readonly random: Random;
  readonly credentials: CredentialSource;
  readonly tls: TlsPolicy;
  readonly port?: number;
  /** For one HTTP request, including connecting. Dell's modules wait 30 s (redfish.md section 5). */
  readonly requestTimeoutMs?: number;
  readonly retry?: RetrySettings;
}

const defaultRequestTimeoutMs = 30_000;

/** BMCs over Redfish. Refused logins are remembered for the lifetime of this client. */
export class RedfishClient implements BmcClient, BmcManager {
  readonly #settings: ServiceSettings;

  constructor({ tls, port = 443, retry = defaultRetry, ...settings }: RedfishSettings) {
    const { requestTimeoutMs = defaultRequestTimeoutMs, limitClock = settings.clock } = settings;
    const connect = judgingConnector(tls, requestTimeoutMs, limitClock);
    this.#settings = { ...settings, requestTimeoutMs, limitClock, connect, port, retry, guard: new LoginGuard() };
  }

  connect(address: string, row?: RowHardware): BmcConnection {
    return this.manage(address, row);
  }

  manage(address: string, row?: RowHardware): BmcConnection & ManagedBmc {
    if (parseHost(address) === undefined) return new NoConnection();
    return new RedfishConnection(new RedfishService(address, this.#settings), this.#settings.clock, row);
  }
}

/** A connection for an address that is not a valid host: nothing is sent, and other BMCs can still be contacted. */
class NoConnection implements BmcConnection, ManagedBmc {
  reach = refuseAddress;
  login = refuseAddress;
  readiness = refuseAddress;
  read = refuseAddress;
  setPxe = refuseAddress;
  takeBackPxe = refuseAddress;
  reset = refuseAddress;
  timeNow = refuseAddress;
  findings = refuseAddress;
  inventory = refuseAddress;
  offers = refuseAddress;
  perform = refuseAddress;
  close = (): Promise<void> => Promise.resolve();
}

function refuseAddress(): Promise<never> {
  return Promise.reject(new BmcError('unreachable', phrase(bmcTexts.badAddress)));
}

class RedfishConnection implements BmcConnection, ManagedBmc {
  readonly #service: RedfishService;
  readonly #clock: Clock;
  readonly #row: RowHardware | undefined;
  #map: SystemMap | undefined;
  #override: OverrideSetting | undefined;
  #macs: readonly string[] | undefined;

  constructor(service: RedfishService, clock: Clock, row: RowHardware | undefined) {
    this.#service = service;
    this.#clock = clock;
    this.#row = row;
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
    const override = await this.#overrideOf(signal);
    return this.#stateOf(await override.read(signal), signal);
  }

  async setPxe(boot: NetworkBoot, signal: AbortSignal): Promise<SystemState> {
    const override = await this.#overrideOf(signal);
    return this.#stateOf(await override.setPxe(boot, signal), signal);
  }

  async takeBackPxe(signal: AbortSignal): Promise<boolean> {
    return (await this.#override?.takeBack(signal)) ?? true;
  }

  async reset(kind: ResetKind, signal: AbortSignal): Promise<ResetAnswer> {
    return sendReset(this.#service, await this.#mapOf(signal), kind, signal);
  }

  async timeNow(signal: AbortSignal): Promise<number | undefined> {
    const { manager } = await this.#mapOf(signal);
    const body = manager === undefined ? undefined : await optional(this.#service, manager, signal);
    const now = Date.parse(textAt(body, 'DateTime') ?? '');
    return Number.isNaN(now) ? undefined : now;
  }

  async findings(request: FindingsRequest, signal: AbortSignal): Promise<BootFindings> {
    const { system } = await this.#mapOf(signal);
    return readFindings(this.#service, system, request, signal);
  }

  async inventory(signal: AbortSignal): Promise<Inventory> {
    const { system } = await this.#mapOf(signal);
    return readInventory(this.#service, (await this.#service.get(system, signal)).body, signal);
  }

  async offers(signal: AbortSignal): Promise<readonly RecoveryAct[]> {
    return (await readOffers(await this.#place(signal), signal)).map(({ act }) => act);
  }

  async perform(act: RecoveryAct, signal: AbortSignal): Promise<RecoveryEnd> {
    return performAct(await this.#place(signal), act, signal);
  }

  close(): Promise<void> {
    return this.#service.close();
  }

  async #place(signal: AbortSignal): Promise<RecoveryPlace> {
    const map = await this.#mapOf(signal);
    return { service: this.#service, map, override: await this.#overrideOf(signal) };
  }

  async #stateOf({ system, override }: OverrideReading, signal: AbortSignal): Promise<SystemState> {
    const { body } = system;
    let hardware = hardwareOf(body, this.#service.isDell, this.#macs);
    if (this.#row !== undefined && needsMacs(this.#row, hardware)) {
      this.#macs = await readMacs(this.#service, body, signal);
      hardware = { ...hardware, macs: this.#macs };
    }
    return { ...systemStateOf(body), override, hardware, resets: resetsOf(this.#map?.reset.allowed) };
  }

  async #mapOf(signal: AbortSignal): Promise<SystemMap> {
    this.#map ??= await discover(this.#service, this.#row, signal);
    return this.#map;
  }

  async #overrideOf(signal: AbortSignal): Promise<OverrideSetting> {
    const { system } = await this.#mapOf(signal);
    this.#override ??= new OverrideSetting(this.#service, system, this.#clock);
    return this.#override;
  }
}
