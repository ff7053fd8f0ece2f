import type { LabConnection } from '@omnia-buildstream/core/lab/connection';
import * as vscode from 'vscode';
import { trustKey, withoutTrust, withTrust } from '../settings/trust.ts';
import { trustOfUser, writeTrust } from '../settings/userTrust.ts';
import { labBmcs } from './labCredentials.ts';

const key = 'lab.settings';
const trustKeyOfState = 'lab.trust';

/** User settings for access to a lab, by name without `buildstream.`. */
export function settingsFor(connection: LabConnection): Readonly<Record<string, unknown>> {
  const { api, bmc, report, imagesFile, bootFolder, hostsFile, ports } = connection;
  return {
    'api.url': api.url,
    'engine.images': imagesFile,
    'engine.provision': `files:${bootFolder}`,
    'engine.names': { hostsFile },
    'engine.ports': ports,
    'engine.bmcPort': bmc.port,
    'engine.report': report,
  };
}

/** The CA files to trust in a lab, by host as in `buildstream.trust`. */
export function trustIn({ gitlab, api, bmc }: LabConnection): Readonly<Record<string, string>> {
  return {
    [trustKey(new URL(gitlab.url))]: gitlab.caFile,
    [trustKey(new URL(api.url))]: api.caFile,
    [labBmcs]: bmc.caFile,
  };
}

/** Records the settings that a lab has changed, so that they can be reverted without changing the user's own. */
export class LabSettings {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /** Writes settings that the user has not set. Resolves to the names of those that keep the user's value. */
  async apply(wanted: Readonly<Record<string, unknown>>): Promise<string[]> {
    const ours = { ...this.#written() };
    const kept: string[] = [];
    for (const [name, value] of Object.entries(wanted)) {
      const now = valueOf(name);
      if (now !== undefined && !isSame(now, value) && !isSame(now, ours[name])) {
        kept.push(`buildstream.${name}`);
        continue;
      }
      await write(name, value);
      ours[name] = value;
    }
    await this.#state.update(key, ours);
    return kept;
  }

  /** Trusts this lab and no longer any earlier one, because each lab creates its own certificate authorities. */
  async trust(wanted: Readonly<Record<string, string>>): Promise<void> {
    let map = this.#withoutLabs();
    for (const [host, file] of Object.entries(wanted)) map = withTrust(map, host, file);
    await writeTrust(map);
    await this.#state.update(trustKeyOfState, wanted);
  }

  /** Reverts settings that still have the value that the lab wrote. */
  async restore(): Promise<void> {
    await writeTrust(this.#withoutLabs());
    await this.#state.update(trustKeyOfState, undefined);
    for (const [name, value] of Object.entries(this.#written())) {
      if (isSame(valueOf(name), value)) await write(name, undefined);
    }
    await this.#state.update(key, undefined);
  }

  /** The user's trust map without entries of labs. Keeps an entry that the user has changed since. */
  #withoutLabs(): Record<string, unknown> {
    const map = trustOfUser();
    const now = typeof map === 'object' && map !== null ? (map as Readonly<Record<string, unknown>>) : {};
    const ours = Object.entries(this.#state.get<Readonly<Record<string, string>>>(trustKeyOfState) ?? {});
    return ours.reduce((rest, [host, file]) => (now[host] === file ? withoutTrust(rest, host) : rest), { ...now });
  }

  #written(): Readonly<Record<string, unknown>> {
    const value = this.#state.get<unknown>(key);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  }
}

/** Settings are plain JSON. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function valueOf(name: string): unknown {
  return vscode.workspace.getConfiguration('buildstream').inspect<unknown>(name)?.globalValue;
}

async function write(name: string, value: unknown): Promise<void> {
  const config = vscode.workspace.getConfiguration('buildstream');
  await config.update(name, value, vscode.ConfigurationTarget.Global);
}
