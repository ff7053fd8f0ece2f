import { nearest } from '../text/nearest.ts';
import type { Located, Parsed } from './problem.ts';
import { readYamlFile, type Warn } from './yamlFile.ts';
import type { YamlValue } from './yamlValue.ts';

export const bootOverrides = ['once', 'continuous', 'disabled'] as const;
export type BootOverride = (typeof bootOverrides)[number];

const bootTargets = ['pxe', 'uefi_http', 'hdd', 'cd', 'floppy', 'sd_card', 'utilities', 'bios_setup', 'none'] as const;
export type BootTarget = (typeof bootTargets)[number];

/** What set_pxe_boot_config.yml says, with Omnia's defaults for what it does not (omnia.md section 4.3). */
export interface PxeBootConfig {
  /** Undefined: not set here, where only the documentation puts it. */
  readonly enablePxeBoot: boolean | undefined;
  readonly restartHost: boolean;
  readonly forceRestart: boolean;
  readonly override: BootOverride;
  readonly target: BootTarget;
  readonly registration: boolean;
  /** Before the first look, minutes. */
  readonly pauseMinutes: number;
  readonly retries: number;
  /** Between two looks, seconds. */
  readonly delaySeconds: number;
  /** Keys with values on which the restart stage ends before it boots a node. */
  readonly refused: readonly Located<string>[];
}

const messages = {
  boolean: '{key} is {value}. Expected true or false. The restart stage stops on it before it boots a node.',
  number:
    '{key} is {value}. Expected a whole number from {least}. The restart stage stops on it before it boots a node.',
  oneOf: '{key} is {value}. Expected one of {values}. The restart stage stops on it before it boots a node.',
  oldName: '{key} is an old name, which Omnia reads only as long as {now} is missing. Use {now}.',
  unknown: 'Omnia does not know {key}: it has no effect.',
  similar: 'Omnia does not know {key}: it has no effect. Did you mean {now}?',
  otherPlace:
    'The newest restart stage reads enable_pxe_boot only in orchestrator_config.yml, although the documentation has it here. Move it there.',
} as const;

const names = {
  registration: ['enable_node_registration', 'enable_phone_home'],
  pause: ['node_registration_pause_minutes', 'phone_home_pause_minutes'],
  retries: ['node_registration_retries', 'phone_home_retries'],
  delay: ['node_registration_delay', 'phone_home_delay'],
  pattern: ['node_registration_log_pattern', 'phone_home_log_pattern'],
} as const;
const plain = ['restart_host', 'force_restart', 'boot_source_override_enabled', 'boot_source_override_target'] as const;
const known: readonly string[] = [...Object.values(names).flat(), ...plain, 'enable_pxe_boot', 'pxeboot_scope'];

/** Reads set_pxe_boot_config.yml as the restart stage of 2.3 does. Never throws. */
export function parsePxeBootConfig(text: string): Parsed<PxeBootConfig> {
  return readYamlFile('pxe-boot-config-invalid', text, (root, warn) => {
    const reader = new SwitchReader(root, warn);
    reader.names();
    return {
      enablePxeBoot: root?.get('enable_pxe_boot') === undefined ? undefined : reader.boolean(['enable_pxe_boot'], true),
      restartHost: reader.boolean(['restart_host'], true),
      forceRestart: reader.boolean(['force_restart'], true),
      override: reader.oneOf('boot_source_override_enabled', bootOverrides, 'continuous'),
      target: reader.oneOf('boot_source_override_target', bootTargets, 'pxe'),
      registration: reader.boolean(names.registration, true),
      pauseMinutes: reader.number(names.pause, 3, 0),
      retries: reader.number(names.retries, 120, 1),
      delaySeconds: reader.number(names.delay, 15, 1),
      refused: reader.refused,
    };
  });
}

class SwitchReader {
  readonly refused: Located<string>[] = [];
  readonly #root: YamlValue | undefined;
  readonly #warn: Warn;

  constructor(root: YamlValue | undefined, warn: Warn) {
    this.#root = root;
    this.#warn = warn;
  }

  /** Reports names that are old, unknown, or read elsewhere. */
  names(): void {
    for (const { value: key, range } of this.#root?.keys() ?? []) {
      const now = Object.values(names).find(([, old]) => old === key)?.[0];
      const [similar] = known.includes(key) ? [] : nearest(key, known, 1);
      if (now !== undefined) this.#warn(range, messages.oldName, { key, now });
      else if (key === 'enable_pxe_boot') this.#warn(range, messages.otherPlace);
      else if (similar !== undefined) this.#warn(range, messages.similar, { key, now: similar });
      else if (!known.includes(key)) this.#warn(range, messages.unknown, { key });
    }
  }

  boolean(keys: readonly string[], otherwise: boolean): boolean {
    const [key, found] = this.#first(keys);
    if (found === undefined) return otherwise;
    const text = found.isString ? found.text?.toLowerCase() : undefined;
    const value = found.boolean ?? (text === 'true' ? true : text === 'false' ? false : undefined);
    if (value === undefined) this.#refuse(key, found, messages.boolean);
    return value ?? otherwise;
  }

  number(keys: readonly string[], otherwise: number, least: number): number {
    const [key, found] = this.#first(keys);
    if (found === undefined) return otherwise;
    const value = found.whole;
    if (value !== undefined && value >= least) return value;
    this.#refuse(key, found, messages.number, { least });
    return otherwise;
  }

  oneOf<T extends string>(key: string, values: readonly T[], otherwise: T): T {
    const [, found] = this.#first([key]);
    if (found === undefined) return otherwise;
    const value = values.find((candidate) => candidate === found.text);
    if (value === undefined) this.#refuse(key, found, messages.oneOf, { values: values.join(', ') });
    return value ?? otherwise;
  }

  /** If several names are present, the first counts. */
  #first(keys: readonly string[]): readonly [key: string, value: YamlValue | undefined] {
    const key = keys.find((candidate) => this.#root?.get(candidate) !== undefined) ?? '';
    return [key, this.#root?.get(key)];
  }

  #refuse(
    key: string,
    { range, text }: YamlValue,
    message: string,
    params: Record<string, string | number> = {},
  ): void {
    this.refused.push({ value: key, range });
    this.#warn(range, message, { key, value: text ?? '""', ...params });
  }
}
