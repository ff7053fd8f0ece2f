import { phrase } from '@omnia-buildstream/core/text/phrase';
import { bmcTexts, readingTexts } from '../bmcTexts.ts';
import { BmcError, type BootOverride, type NetworkBoot, type PxeLasting } from '@omnia-buildstream/engine/ports/bmc';
import { bootTargets, macDigits, showsAnyBoot, showsBoot } from '@omnia-buildstream/engine/restart/networkBoot';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { errorOf, errorOfTransport } from '../answers/classify.ts';
import { isSuccess, type Answer } from '../http/answer.ts';
import { readBootOptions } from './bootOptions.ts';
import { changeConditionally } from './conditional.ts';
import { linkAt } from './json.ts';
import type { RedfishService } from './service.ts';
import { allowedTargets, overrideOf } from './system.ts';
import { followTask } from './task.ts';

const enabledOf: Readonly<Record<PxeLasting, string>> = { once: 'Once', continuous: 'Continuous' };

/** The system, and the boot override at the place where it was read. */
export interface OverrideReading {
  readonly system: Answer;
  readonly place: string;
  readonly answer: Answer;
  readonly override: BootOverride;
}

/** Refusals after which another way is worth trying; all other errors concern the BMC as a whole. */
function isForOtherWay({ reason }: BmcError): boolean {
  return reason === 'refused' || reason === 'protocol';
}

/**
 * The boot override of one system. Firmware differs in which resource accepts it and in what form, and responses are
 * misleading, so each way is tried until the BMC shows a network boot (redfish.md section 9).
 */
export class OverrideSetting {
  readonly #service: RedfishService;
  readonly #system: string;
  readonly #clock: Clock;
  /** The reading on which the next change may be based. */
  #last: OverrideReading | undefined;
  /** Where it was set; undefined if it has not been set yet. */
  #place: string | undefined;
  #before: OverrideReading | undefined;
  /** Resources that may contain a change of ours. */
  readonly #touched = new Set<string>();

  constructor(service: RedfishService, system: string, clock: Clock) {
    this.#service = service;
    this.#system = system;
    this.#clock = clock;
  }

  async read(signal: AbortSignal): Promise<OverrideReading> {
    const system = await this.#service.get(this.#system, signal);
    const [first = this.#system] = this.#placesOf(system.body);
    const place = this.#place ?? first;
    const answer = place === this.#system ? system : await this.#optional(place, signal);
    const override = { ...overrideOf((answer ?? system).body), isWhereLooked: place === first };
    this.#last = { system, place: answer === undefined ? this.#system : place, answer: answer ?? system, override };
    return this.#last;
  }

  /** Resolves to what the BMC shows afterwards. @throws BmcError if every way is refused */
  async setPxe(wanted: NetworkBoot, signal: AbortSignal): Promise<OverrideReading> {
    const found = this.#last ?? (await this.read(signal));
    const device = await this.#deviceFor(wanted, found.system.body, signal);
    this.#last = undefined;
    this.#before ??= found;
    let ignored: OverrideReading | undefined;
    let refused: BmcError | undefined;
    for (const place of this.#placesOf(found.system.body)) {
      const current = place === found.place ? found.answer : await this.#optional(place, signal);
      if (current === undefined) continue;
      const allowed = allowedTargets(current.body);
      const ways = waysOf(wanted, device, current.body).filter(({ BootSourceOverrideTarget: target = '' }) => {
        return allowed?.includes(target) ?? true;
      });
      if (ways.length === 0) {
        const list = allowed?.join(', ') ?? '';
        const name = wanted.protocol === 'pxe' ? 'PXE' : 'UefiHttp';
        refused ??= new BmcError('refused', phrase(bmcTexts.targetNotAllowed, { target: name, allowed: list }));
      }
      for (const boot of ways) {
        const error = await this.#change(place, boot, current, signal);
        if (error !== undefined && !isForOtherWay(error)) throw error;
        this.#place = place;
        const shown = await this.read(signal);
        if (showsBoot(shown.override, wanted)) return shown;
        if (error === undefined) ignored = shown;
        else refused ??= error;
      }
    }
    this.#place = ignored?.place;
    if (ignored !== undefined) return ignored;
    throw refused ?? new BmcError('refused', phrase(bmcTexts.noOverride));
  }

  /**
   * Restores the override from before the first change. Resolves to whether the BMC shows that, or at least no network
   * boot.
   */
  async takeBack(signal: AbortSignal): Promise<boolean> {
    if (this.#before === undefined || this.#touched.size === 0) return true;
    const { enabled, target, mode } = this.#before.override;
    const old = {
      BootSourceOverrideEnabled: enabled === '' ? 'Disabled' : enabled,
      BootSourceOverrideTarget: target === '' ? 'None' : target,
    };
    const ways = [old, { ...old, BootSourceOverrideMode: mode }, { BootSourceOverrideEnabled: 'Disabled' }];
    for (const place of this.#touched) {
      this.#place = place;
      let isBack = false;
      for (const way of mode === '' ? ways.filter((one) => !('BootSourceOverrideMode' in one)) : ways) {
        await this.#change(place, way, await this.#service.get(place, signal), signal);
        const { override } = await this.read(signal);
        isBack = !showsAnyBoot(override) || showsAnyBoot(this.#before.override);
        if (isBack) break;
      }
      if (!isBack) return false;
    }
    this.#touched.clear();
    return true;
  }

  /** Turns off any network boot that is shown, no matter who set it. Resolves to whether none is shown any longer. */
  async disable(signal: AbortSignal): Promise<boolean> {
    const found = this.#last ?? (await this.read(signal));
    this.#last = undefined;
    const off = { BootSourceOverrideEnabled: 'Disabled' };
    for (const place of this.#placesOf(found.system.body)) {
      const current = place === found.place ? found.answer : await this.#optional(place, signal);
      if (current === undefined) continue;
      for (const way of [off, { ...off, BootSourceOverrideTarget: 'None' }]) {
        const error = await this.#change(place, way, current, signal);
        if (error !== undefined && !isForOtherWay(error)) throw error;
        this.#place = place;
        if (!showsAnyBoot((await this.read(signal)).override)) return true;
      }
    }
    return false;
  }

  /**
   * The boot option of the intended NIC. Undefined if no NIC is specified, the boot is not for once, or the firmware
   * lists no option for the NIC.
   */
  async #deviceFor(
    { nicMac, protocol, lasting }: NetworkBoot,
    system: unknown,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    // Redfish supports UefiTarget for a single boot only (DSP2046, Boot.BootSourceOverrideEnabled).
    if (nicMac === undefined || lasting !== 'once') return undefined;
    const options = (await readBootOptions(this.#service, system, signal)) ?? [];
    const fitting = options.filter((option) => option.mac === macDigits(nicMac) && option.protocol === protocol);
    return (fitting.find(({ family }) => family === 4) ?? fitting[0])?.devicePath;
  }

  /** Undefined if the BMC accepted the change, or claims so. */
  async #change(
    path: string,
    Boot: Readonly<Record<string, string>>,
    current: Answer,
    signal: AbortSignal,
  ): Promise<BmcError | undefined> {
    this.#touched.add(path);
    try {
      const answer = await changeConditionally(this.#service, { path, body: { Boot }, current }, signal);
      if (!isSuccess(answer)) return errorOf(answer, phrase(readingTexts.override));
      if (answer.status === 202) await followTask(this.#service, answer, { clock: this.#clock, signal });
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      return errorOfTransport(error, phrase(readingTexts.override));
    }
  }

  /**
   * Resources that may accept the override, the more likely one first: the one that lists the allowed targets. iDRAC 10
   * lists them only on its settings resource, and does not always link to that.
   */
  #placesOf(body: unknown): readonly string[] {
    const system = this.#system;
    const linked = linkAt(body, '@Redfish.Settings', 'SettingsObject');
    const isListed = allowedTargets(body) !== undefined;
    const settings = linked ?? (this.#service.isDell && !isListed ? `${system}/Settings` : undefined);
    if (settings === undefined || settings === system) return [system];
    return isListed ? [system, settings] : [settings, system];
  }

  async #optional(path: string, signal: AbortSignal): Promise<Answer | undefined> {
    try {
      return await this.#service.get(path, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof BmcError && isForOtherWay(error))) throw error;
      return undefined;
    }
  }
}

type Way = Readonly<Record<string, string>>;

/**
 * The ways to set the boot, by the NIC first if one is specified; each with and without the mode. Without comes first
 * if the mode is already UEFI or is unknown: some services fail on a mode that they already have or do not support;
 * others fall back to Legacy unless it is repeated.
 */
function waysOf({ lasting, protocol }: NetworkBoot, device: string | undefined, body: unknown): readonly Way[] {
  const BootSourceOverrideEnabled = enabledOf[lasting];
  const plain: Way = { BootSourceOverrideEnabled, BootSourceOverrideTarget: bootTargets[protocol] };
  const byNic: readonly Way[] =
    device === undefined
      ? []
      : [{ BootSourceOverrideEnabled, BootSourceOverrideTarget: 'UefiTarget', UefiTargetBootSourceOverride: device }];
  const { mode } = overrideOf(body);
  return [...byNic, plain].flatMap((without) => {
    const withMode = { ...without, BootSourceOverrideMode: 'UEFI' };
    return mode === 'UEFI' || mode === '' ? [without, withMode] : [withMode, without];
  });
}
