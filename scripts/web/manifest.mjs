/**
 * The manifest of the package for browsers, derived from the extension's, so that both agree on files and settings.
 * @typedef {Record<string, any>} Json
 */

/**
 * The oldest supported VS Code: GitLab's Web IDE is some versions behind. `client/src/web` is checked against its API.
 */
const engine = '^1.94.0';

/** The settings that the language server reads. */
const settings = [
  'buildstream.omniaVersion',
  'buildstream.rules',
  'buildstream.mapping.filePatterns',
  'buildstream.mapping.alignColumns',
  'buildstream.context.omniaShare',
];
/** Commands that the server carries out and that a user can run without a position in a file. */
const commands = ['buildstream.showPlan'];
const whenNodeFile = 'resourceLangId == omnia-pxe-mapping || resourceFilename == failed_nodes.json';

/**
 * @param {Json} manifest package.json of the extension
 * @returns {Json}
 */
export function webManifest(manifest) {
  const { contributes } = manifest;
  const sections = [contributes.configuration].flat();
  const properties = Object.assign({}, ...sections.map((section) => section.properties));
  return {
    ...only(manifest, [
      'displayName',
      'version',
      'publisher',
      'license',
      'icon',
      'galleryBanner',
      'repository',
      'bugs',
    ]),
    name: 'omnia-buildstream-web',
    displayName: '%extension.web.displayName%',
    description: '%extension.web.description%',
    ...only(manifest, ['homepage', 'preview', 'categories', 'keywords']),
    engines: { vscode: engine },
    browser: './extension.js',
    activationEvents: ['workspaceContains:**/*pxe_mapping*.csv', 'workspaceContains:**/failed_nodes.json'],
    capabilities: { virtualWorkspaces: true, untrustedWorkspaces: { supported: true } },
    l10n: './l10n',
    contributes: {
      languages: contributes.languages.filter((/** @type {Json} */ { id }) => id === 'omnia-pxe-mapping'),
      jsonValidation: contributes.jsonValidation,
      configurationDefaults: contributes.configurationDefaults,
      configuration: { title: sections[0].title, properties: only(properties, settings) },
      commands: contributes.commands
        .filter((/** @type {Json} */ { command }) => commands.includes(command))
        .map((/** @type {Json} */ { command, title, category }) => ({ command, title, category })),
      menus: { commandPalette: commands.map((command) => ({ command, when: whenNodeFile })) },
    },
  };
}

/**
 * The texts of `package.nls*.json` that a manifest uses.
 * @param {Json} manifest
 * @param {Record<string, string>} texts
 */
export function textsOf(manifest, texts) {
  const used = [...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map(([, key = '']) => key);
  return only(texts, used);
}

/**
 * @template {Json} T
 * @param {T} from
 * @param {readonly string[]} keys
 * @returns {Json} the existing ones, in their original order
 */
function only(from, keys) {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));
}
