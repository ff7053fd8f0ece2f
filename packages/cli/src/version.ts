/** Equal to the version in package.json (a test compares them). */
export const version = '0.1.0';
/** Where the project's pages are. */
export const homepage = 'https://github.com/omnia-buildstream/omnia-buildstream';
/** What `--version` prints. */
export const versionLine = `buildstream ${version}\n`;
