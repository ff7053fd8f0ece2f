import { withLevels } from '@omnia-buildstream/core/context/problem';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import type { Say } from '@omnia-buildstream/core/text/message';
import { textLimits } from '@omnia-buildstream/core/text/textLimits';
import { skippedRules } from '@omnia-buildstream/core/validation/settings';
import { NotificationType, type Connection } from 'vscode-languageserver';
import { aboutFile, guarded, inBackground } from '../background.ts';
import type { Client } from '../client.ts';
import type { ServerClock } from '../clock.ts';
import { sameFiles, type ContextFiles, type ContextFileSet } from '../context/contextFiles.ts';
import { ContextProblems } from '../context/contextProblems.ts';
import { readContext } from '../context/readContext.ts';
import { report, type DiagnosticReport } from './diagnostics.ts';
import { Judging, judgingLimits } from './judging.ts';
import type { MappingDocument } from '../mappingDocument.ts';
import type { MappingStatus, MappingStatusNotification } from '../protocol.ts';
import { Publisher } from './publisher.ts';
import { strings } from '../strings.ts';
import { sameSettings, type UserSettings } from '../settings.ts';
import { chooseVersion, type ChosenVersion } from '../version.ts';

const mappingStatus = new NotificationType<MappingStatus>(
  'buildstream/mappingStatus' satisfies MappingStatusNotification['method'],
);

/** After an edit, a file whose judging took too long is judged again after this delay. */
const retryMs = 1_000;

/** What the findings of a file depend on, apart from its text. */
interface Inputs {
  readonly settings: UserSettings;
  readonly files: ContextFileSet;
  chosen: ChosenVersion;
}

/** Keeps the findings of the open mapping files up to date and published. */
export class Validation {
  readonly #connection: Connection;
  readonly #client: Client;
  readonly #files: ContextFiles;
  readonly #settingsOf: (uri: string) => Promise<UserSettings>;
  readonly #problems: ContextProblems;
  readonly #publisher: Publisher<MappingDocument>;
  readonly #judging: Judging;
  readonly #inputs = new WeakMap<MappingDocument, Inputs>();
  /** The newest preparation of each open file. An older one that finishes later is dropped. */
  readonly #newest = new Map<string, object>();

  constructor(
    connection: Connection,
    client: Client,
    files: ContextFiles,
    settingsOf: (uri: string) => Promise<UserSettings>,
    clock: ServerClock,
  ) {
    this.#connection = connection;
    this.#client = client;
    this.#files = files;
    this.#settingsOf = settingsOf;
    this.#problems = new ContextProblems(connection, client);
    const guard = (uri: string, work: () => Promise<unknown> | undefined): void => {
      guarded({ connection, say: client.say }, uri, work);
    };
    this.#judging = new Judging(clock, guard);
    this.#publisher = new Publisher((document) => {
      guard(document.uri, () => this.#publish(document));
    }, clock);
  }

  /** Settings of a file as last read. Undefined shortly after it was opened. */
  settings(document: MappingDocument): UserSettings | undefined {
    return this.#inputs.get(document)?.settings;
  }

  /** Reads the settings and files again, judges the whole file and publishes. */
  prepare(document: MappingDocument): void {
    const { say } = this.#client;
    guarded({ connection: this.#connection, say }, document.uri, () => this.#prepare(document));
  }

  async #prepare(document: MappingDocument): Promise<void> {
    const ticket = {};
    this.#newest.set(document.uri, ticket);
    const [settings, files] = await Promise.all([this.#settingsOf(document.uri), this.#files.find(document.uri)]);
    if (this.#newest.get(document.uri) !== ticket) return;
    const before = this.#inputs.get(document);
    const isAligned = before?.settings.alignColumns ?? false;
    if (isAligned !== settings.alignColumns && this.#client.canRefreshInlays) {
      inBackground(this.#connection, () => this.#connection.languages.inlayHint.refresh());
    }
    // Most changes of settings and files do not concern this file.
    if (before !== undefined && sameFiles(before.files, files) && sameSettings(before.settings, settings)) return;
    this.#judge(document, { settings, files, chosen: chooseVersion(document, settings) });
    this.#publisher.schedule(document);
  }

  /** The text has changed. The model has already judged what the edit touched, or starts over. */
  changed(document: MappingDocument): void {
    this.#judging.forget(document.uri);
    if (!this.#inputs.has(document)) return;
    this.#publisher.schedule(document, document.wasGivenUp ? retryMs : 0);
  }

  /** Whether the findings are complete. Judges the file for a short time first. */
  isReady(document: MappingDocument): boolean {
    return this.#judging.isReady(document);
  }

  /** The encoding has changed, which some rules check. */
  reencoded(document: MappingDocument): void {
    const inputs = this.#inputs.get(document);
    if (inputs === undefined) return;
    this.#judge(document, inputs);
    this.#publisher.schedule(document);
  }

  closed(uri: string): void {
    this.#newest.delete(uri);
    this.#publisher.forget(uri);
    this.#judging.forget(uri);
    this.#problems.set(uri, new Map());
    inBackground(this.#connection, () => this.#connection.sendDiagnostics({ uri, diagnostics: [] }));
  }

  dispose(): void {
    this.#newest.clear();
    this.#publisher.dispose();
    this.#judging.dispose();
  }

  #judge(document: MappingDocument, inputs: Inputs): void {
    this.#inputs.set(document, inputs);
    const { settings, files, chosen } = inputs;
    const { context, problems } = readContext(files, chosen.version, settings.share);
    const { version } = chosen;
    document.judge(mappingRules, { version, context, overrides: settings.overrides, encoding: document.encoding });
    const shown = [...problems].map(([uri, found]) => [uri, withLevels(found, settings.overrides)] as const);
    this.#problems.set(document.uri, new Map(shown));
  }

  #publish(document: MappingDocument): Promise<void> | undefined {
    const inputs = this.#inputs.get(document);
    if (inputs === undefined) return undefined;
    const chosen = chooseVersion(document, inputs.settings);
    if (chosen.version !== inputs.chosen.version || document.wasGivenUp) this.#judge(document, { ...inputs, chosen });
    else inputs.chosen = chosen;
    return this.#judging.run(document, () => this.#tell(document, chosen));
  }

  async #tell(document: MappingDocument, chosen: ChosenVersion): Promise<void> {
    const { uri, version, model } = document;
    const versioned = { uri, ...(version !== null && { version }) };
    const refusal = refusalOf(document, this.#client.say);
    if (refusal !== undefined) {
      await this.#connection.sendDiagnostics({ ...versioned, diagnostics: [aboutFile(refusal)] });
      return;
    }
    const found = report(model, uri, this.#client);
    await this.#connection.sendDiagnostics({ ...versioned, diagnostics: found.diagnostics });
    if (!this.#client.speaksBuildstream) return;
    await this.#connection.sendNotification(mappingStatus, statusOf(document, chosen, found));
    // The findings are published. Preparing now keeps the next keystroke from waiting for this.
    model.prepareForEdits();
  }
}

/** Says why a file has no findings, and what to do. Undefined if it has them. */
function refusalOf({ isTooLarge, wasGivenUp }: MappingDocument, say: Say): string | undefined {
  const { csv, csvLines, csvRecord } = textLimits;
  const megabyte = 1024 * 1024;
  if (isTooLarge) {
    return say(strings.tooLarge, { lines: csvLines, megabytes: csv / megabyte, row: csvRecord / megabyte });
  }
  return wasGivenUp ? say(strings.tookTooLong, { seconds: judgingLimits.budgetMs / 1_000 }) : undefined;
}

function statusOf({ uri, model }: MappingDocument, chosen: ChosenVersion, found: DiagnosticReport): MappingStatus {
  const { counts, diagnostics, total } = found;
  return {
    uri,
    ...chosen,
    rows: model.rowCount,
    errors: counts.error,
    warnings: counts.warning,
    hints: counts.info + counts.hint,
    published: diagnostics.length,
    total,
    skipped: skippedRules(model.rules, model.settings),
  };
}
