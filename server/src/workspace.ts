import { failedNodesName } from '@omnia-buildstream/core/nodes/projectPlaces';
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type Connection,
} from 'vscode-languageserver';
import { inBackground } from './background.ts';
import type { Client } from './client.ts';
import type { CommittedTexts } from './committedTexts.ts';
import type { Pending, ServerClock } from './clock.ts';
import { watchedGlobs, type ContextFiles } from './context/contextFiles.ts';
import type { Documents } from './documents.ts';
import type { FailedNodesValidation } from './diagnostics/failedNodesValidation.ts';
import type { NodeFileStore } from './nodes/nodeFileStore.ts';
import type { NodeNews } from './nodes/nodeNews.ts';
import { isEngineFile } from './nodes/engineFiles.ts';
import { nodeFileGlobs, type NodePairs } from './nodes/nodePairs.ts';
import { defaultSettings, readSettings, type UserSettings } from './settings.ts';
import { isSiteFile, siteGlobs, type SiteFiles } from './site/siteFiles.ts';
import { withSite } from './site/siteSettings.ts';
import { baseName, pathOf } from './uris.ts';
import type { Validation } from './diagnostics/validation.ts';

const section = 'buildstream';

/** Typing in a file beside the mapping file judges every row again, so this waits for a pause. */
const otherFileDelayMs = 100;

/** Reads the settings for a file, with the buildstream.yml of its project as the weaker layer below them. */
export function settingsReader(
  connection: Connection,
  client: Client,
  sites: SiteFiles,
): (uri: string) => Promise<UserSettings> {
  const ofEditor = editorSettings(connection, client);
  return async (uri) => {
    const [settings, site] = await Promise.all([ofEditor(uri), sites.of(uri)]);
    return withSite(settings, site);
  };
}

function editorSettings(connection: Connection, client: Client): (uri: string) => Promise<UserSettings> {
  return async (uri) => {
    if (!client.canConfigure) return defaultSettings;
    try {
      return readSettings(await connection.workspace.getConfiguration({ scopeUri: uri, section }));
    } catch {
      return defaultSettings;
    }
  };
}

/** Everything that follows changes in the workspace. */
interface Followers {
  readonly clock: ServerClock;
  readonly connection: Connection;
  readonly client: Client;
  readonly documents: Documents;
  readonly files: ContextFiles;
  readonly sites: SiteFiles;
  readonly validation: Validation;
  readonly store: NodeFileStore;
  readonly pairs: NodePairs;
  readonly failedNodes: FailedNodesValidation;
  readonly committed: CommittedTexts;
  readonly news: NodeNews;
}

/** Follows changes around the open files: their texts, settings, files beside them, workspace folders. */
export function followWorkspace(followers: Followers): void {
  const { clock, connection, client, documents, files, sites, validation, store, failedNodes, committed, news } =
    followers;
  const forgetUnwatched = (): void => {
    // If the editor does not report changed files, kept texts may be out of date.
    if (client.canWatch) return;
    files.forgetAll();
    sites.forgetAll();
    store.forgetAll();
  };
  const refresh = (): void => {
    forgetUnwatched();
    for (const document of documents.mappings()) validation.prepare(document);
    for (const file of documents.failedNodesFiles()) failedNodes.prepare(file);
  };
  const lookUp = (uri: string): void => {
    inBackground(connection, async () => {
      if (await committed.lookAgain(uri)) news.changed(uri);
    });
  };
  let pending: Pending | undefined;
  connection.onShutdown(() => {
    pending?.dispose();
    validation.dispose();
    failedNodes.dispose();
    news.dispose();
  });
  documents.listen(connection, {
    mappingOpened(document) {
      forgetUnwatched();
      validation.prepare(document);
      lookUp(document.uri);
      news.changed(document.uri);
    },
    mappingChanged(document) {
      validation.changed(document);
      news.changed(document.uri);
    },
    mappingClosed(uri) {
      validation.closed(uri);
      store.forget(uri);
      news.changed(uri);
    },
    failedNodesOpened(file) {
      forgetUnwatched();
      failedNodes.prepare(file);
      lookUp(file.uri);
      news.changed(file.uri);
    },
    failedNodesChanged(file) {
      failedNodes.changed(file);
      news.changed(file.uri);
    },
    failedNodesClosed(uri) {
      failedNodes.closed(uri);
      store.forget(uri);
      news.changed(uri);
    },
    otherChanged(uri) {
      // The text on disk may have changed, whether or not the file was saved meanwhile.
      files.forget(uri);
      if (isSiteFile(uri)) sites.changed(uri);
      pending?.dispose();
      pending = clock.after(otherFileDelayMs, refresh);
    },
  });
  connection.onDidChangeConfiguration(refresh);
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) {
      files.forget(uri);
      sites.forget(uri);
      store.forget(uri);
      if (isNodeFile(uri)) news.changed(uri);
    }
    if (changes.some(({ uri }) => !isNodeFile(uri))) refresh();
  });
  connection.onInitialized(() => {
    inBackground(connection, () => register(followers, refresh));
  });
}

function isNodeFile(uri: string): boolean {
  return baseName(uri) === failedNodesName || pathOf(uri).endsWith('.csv') || isEngineFile(uri);
}

async function register({ connection, client, files, sites, pairs }: Followers, refresh: () => void): Promise<void> {
  if (client.canTellFolders) {
    const folders = new Set(client.folders);
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      for (const { uri } of removed) folders.delete(uri);
      for (const { uri } of added) folders.add(uri);
      files.setFolders([...folders]);
      sites.setFolders([...folders]);
      pairs.setFolders([...folders]);
      refresh();
    });
  }
  if (client.canRegisterConfiguration) {
    await connection.client.register(DidChangeConfigurationNotification.type, { section });
  }
  if (client.canWatch) {
    const watchers = [...watchedGlobs, ...siteGlobs, ...nodeFileGlobs].map((globPattern) => ({ globPattern }));
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }
}
