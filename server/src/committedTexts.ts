import { readFailedNodesDocument, type FailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { omniaTargetsOf, type Target } from '@omnia-buildstream/core/plan/targets';
import { uriKey } from './uris.ts';

/** A committed mapping file, parsed once. */
interface CommittedRows {
  readonly version: OmniaVersion;
  readonly targets: readonly Target[];
  readonly bmcIps: ReadonlySet<string>;
}

/** Returns the text of a file at HEAD. Undefined without git or if the file is not in HEAD. */
export type CommittedSource = (uri: string) => Promise<string | undefined>;

/**
 * Texts of files at git's HEAD. The client sends them; for clients without git support the server looks them up.
 * Otherwise a file has no known committed text.
 */
export class CommittedTexts {
  readonly #source: CommittedSource | undefined;
  readonly #texts = new Map<string, string>();
  readonly #documents = new Map<string, FailedNodesDocument>();
  readonly #rows = new Map<string, CommittedRows>();

  constructor(source?: CommittedSource) {
    this.#source = source;
  }

  /** Looks the text up if that is the server's job. @returns whether the text has changed */
  async lookAgain(uri: string | undefined): Promise<boolean> {
    if (uri === undefined || this.#source === undefined) return false;
    return this.set(uri, (await this.#source(uri)) ?? null);
  }

  /** @returns whether the text has changed */
  set(uri: string, text: string | null): boolean {
    const key = uriKey(uri);
    if (this.#texts.get(key) === (text ?? undefined)) return false;
    this.#documents.delete(key);
    this.#rows.delete(key);
    if (text === null) this.#texts.delete(key);
    else this.#texts.set(key, text);
    return true;
  }

  failedNodes(uri: string): FailedNodesDocument | undefined {
    const key = uriKey(uri);
    const text = this.#texts.get(key);
    if (text === undefined) return undefined;
    const document = this.#documents.get(key) ?? readFailedNodesDocument(text);
    this.#documents.set(key, document);
    return document;
  }

  mapping(uri: string, version: OmniaVersion): CommittedRows | undefined {
    const key = uriKey(uri);
    const text = this.#texts.get(key);
    if (text === undefined) return undefined;
    const known = this.#rows.get(key);
    if (known?.version === version) return known;
    const targets = omniaTargetsOf(text, version);
    const rows = { version, targets, bmcIps: new Set(targets.map(({ bmcIp }) => bmcIp)) };
    this.#rows.set(key, rows);
    return rows;
  }
}
