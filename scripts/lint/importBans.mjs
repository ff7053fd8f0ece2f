/** What may import what. Every message says what to do instead; oxlint.config.mjs says where each ban applies. */

/**
 * A ban on imports, with a message that says what to do instead.
 * @typedef {{ regex: string, message: string, allowTypeImports?: boolean, importNamePattern?: string }} Ban
 * @param {...Ban} patterns
 * @returns {{ 'no-restricted-imports': ['error', { patterns: Ban[] }] }}
 */
export const banImports = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

/**
 * A regular expression for texts that do not begin with a word. oxlint's expressions have no look-ahead.
 * @param {string} word
 */
export const otherStart = (word) =>
  [...word].map((letter, index) => `${word.slice(0, index)}([^${letter}]|$)`).join('|');

export const editorOnlyInClient = {
  regex: '^vscode$',
  message: 'Only client/ talks to the editor. Pass what you need as plain data, or write the code in client/.',
};
export const nobodyImportsClient = {
  regex: '^@omnia-buildstream/client|(^|/)client/src/',
  message: 'Nothing imports the client. Move what you need to packages/core and import it from both sides.',
};
export const noServerHere = {
  regex: '^@omnia-buildstream/server|(^|/)server/src/',
  message: 'packages/* know nothing of the language server, but cli/lsp. Move what you need to packages/core.',
};
export const noDeepPaths = {
  regex: '\\.\\./(client|server|packages|core|cli)/(src/)?',
  message: "Import other workspaces by name, for example '@omnia-buildstream/core/csv/record'.",
};
const planning = [
  'plan|assumeState|joinSides|decideRestart|decideDirect|planDeploy|pxeSwitches',
  'failedList|toldList|laterList|listStamp|obstacles|planNotices|rowChanges|restartState|stateText',
].join('|');
const readersOfState = 'core/restart/(engineState|journalRecord|interruptedRun)|engine/state/(fileStateStore|journal)';
export const planningIsElsewhere = {
  regex: `^@omnia-buildstream/(core/plan/(${planning})|core/nodes/decideProject|${readersOfState})$`,
  allowTypeImports: true,
  message: 'What a stage touches is decided by packages/runner and packages/gitlab/src/omnia. Word it here, and ask.',
};
export const sameValuesInEveryRun = {
  regex: '^fast-check$',
  message: 'Take fc from test/support/properties/fastCheck.ts, so that every run draws the same values.',
};
export const noProtocolLibrary = {
  regex: '^vscode-languageserver',
  message: 'The domain does not know the protocol. Return offsets and plain data; server/ turns them into LSP types.',
};

export const nodeInOneFolder = {
  regex: '^node:|^vscode-languageserver/',
  message: 'The server runs in browsers too. What needs Node is in server/src/node; take it as a parameter.',
};
export const noNodeInBrowser = {
  regex: '^node:|/node$|^@omnia-buildstream/(engine|gitlab|http|oim|redfish|runner)/',
  message: 'A browser has no Node, and the extension for it asks no network.',
};
export const coreOnlyInServer = {
  regex: `^@omnia-buildstream/(${otherStart('core/')})`,
  message: 'The server imports packages/core only: it may be restarted at any keystroke and must own nothing.',
};

export const messageTypesOnly = [
  {
    regex: `^@omnia-buildstream/server/(${otherStart('protocol')}|protocol.)`,
    message: 'Client and server share only the message types in @omnia-buildstream/server/protocol.',
  },
  {
    regex: '^@omnia-buildstream/server/protocol$',
    allowTypeImports: true,
    message: 'Use `import type`: the server runs in another process.',
  },
];

/** Everything that opens, creates, moves or truncates files. */
export const writesBare = {
  regex: '^(node:)?fs(/promises)?$',
  importNamePattern:
    '^(default|promises|open|write|writev|append|createWriteStream|copy|cp|rename|link|symlink|truncate|ftruncate|mkdir$|mkdirSync|unlink|rmdir|chmod|chown|fchmod|fchown|lchown|utimes|futimes|lutimes)',
  allowTypeImports: true,
  message:
    'Write through packages/engine/src/files (OwnFolder, writeNamed): it follows no link out of a folder and leaves the old file whole.',
};
