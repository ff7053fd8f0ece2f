import type { LabConnection } from '@omnia-buildstream/core/lab/connection';
import * as vscode from 'vscode';

const key = 'lab.settings';

/** Settings of the user that reach a lab, without `buildstream.`. */
export function settingsFor(connection: LabConnection): Readonly<Record<string, unknown>> {
  const { api, bmc, report, imagesFile, bootFolder, hostsFile, ports } = connection;
  return {
    'api.url': api.url,
    'api.caFile': api.caFile,
    'engine.images': imagesFile,
    'engine.provision': `files:${bootFolder}`,
    'engine.hostsFile': hostsFile,
    'engine.ports': ports,
    'engine.bmcPort': bmc.port,
    'engine.caFile': bmc.caFile,
    'engine.report': report,
  };
}

/** The settings that a lab has changed, so that they can be taken back, and those of the user stay. */
export class LabSettings {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /** Writes what the user has not set. Resolves to the names of settings that stay as the user has them. */
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

  /** Takes back what is still as a lab has written it. */
  async restore(): Promise<void> {
    for (const [name, value] of Object.entries(this.#written())) {
      if (isSame(valueOf(name), value)) await write(name, undefined);
    }
    await this.#state.update(key, undefined);
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
