import * as vscode from 'vscode';

export const languageId = 'omnia-pxe-mapping';

/** The usual names, in case another extension owns CSV files. */
const usualPattern = '**/*pxe_mapping*.csv';

/** Files that the server reads beside mapping files; it uses the editor's text if one is open. */
const besidePatterns = [
  '**/{network_spec,provision_config,orchestrator_config}.yml',
  '**/software_config.json',
  '**/*catalog*.json',
];

/** Settings that a site shares. */
const sitePattern = '**/buildstream.yml';

/** The nodes that a run could not boot. */
const failedNodesPattern = '**/failed_nodes.json';

/** Filters for mapping files, by language and by name, limited to places of real files (not a diff's old side). */
export function mappingSelector(): vscode.DocumentFilter[] {
  const config = vscode.workspace.getConfiguration('buildstream');
  const configured = config.get<unknown>('mapping.filePatterns');
  const own = Array.isArray(configured) ? configured.filter((item) => typeof item === 'string' && item !== '') : [];
  const patterns = [usualPattern, ...(own as string[])];
  return schemes().flatMap((scheme) => [
    { scheme, language: languageId },
    ...patterns.map((pattern) => ({ scheme, pattern })),
  ]);
}

/** Filters for everything that the language server must see. */
export function serverSelector(): vscode.DocumentFilter[] {
  const beside = schemes().flatMap((scheme) =>
    [...besidePatterns, sitePattern, failedNodesPattern].map((pattern) => ({ scheme, pattern })),
  );
  return [...mappingSelector(), ...beside];
}

export function isMappingFile(document: vscode.TextDocument): boolean {
  return vscode.languages.match(mappingSelector(), document) > 0;
}

/** Whether it is a mapping file or a failed_nodes.json, the two files that contain nodes. */
export function isNodeFile(document: vscode.TextDocument): boolean {
  const failed = schemes().map((scheme) => ({ scheme, pattern: failedNodesPattern }));
  return isMappingFile(document) || vscode.languages.match(failed, document) > 0;
}

/** Whether the language server is started for this file. */
export function needsServer(document: vscode.TextDocument): boolean {
  const site = schemes().map((scheme) => ({ scheme, pattern: sitePattern }));
  return isNodeFile(document) || vscode.languages.match(site, document) > 0;
}

function schemes(): string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [...new Set(['file', 'untitled', ...folders.map(({ uri }) => uri.scheme)])];
}
