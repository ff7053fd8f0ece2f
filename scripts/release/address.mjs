/**
 * Where the project is published: the only source is `repository` in package.json. It is missing while nothing is
 * published there; then no link in a package leads to the repository.
 */

/** @typedef {{ readonly repository?: { readonly type: 'git', readonly url: string } }} Manifest */

/**
 * The other addresses of a manifest, for the two kinds of servers whose page layout is known.
 * @param {Manifest} manifest
 * @returns {{ bugs: { url: string }, homepage: string } | {}}
 */
export function addressesOf({ repository }) {
  if (repository === undefined) return {};
  const url = repository.url.replace(/\.git$/, '');
  const pages = new URL(url).hostname === 'github.com' ? url : `${url}/-`;
  return { bugs: { url: `${pages}/issues` }, homepage: url };
}

const link = /(!?)\[([^\][]*)\]\(([^()\s]+)\)/g;
const withAddress = /<!-- with address -->\n[^]*?<!-- end -->\n/g;

/**
 * A page as it is packaged. With an address, the packager completes links and pictures with it. Without one, links into
 * the repository become their text, or are removed if they are the whole last sentence of a paragraph; pictures in the
 * repository are removed, and so is everything between `<!-- with address -->` and `<!-- end -->`.
 * @param {string} markdown
 * @param {Manifest} manifest
 */
export function packagedPage(markdown, { repository }) {
  if (repository !== undefined) return markdown;
  return markdown
    .replaceAll(withAddress, '')
    .replaceAll(link, (all, picture, text, target, /** @type {number} */ at, /** @type {string} */ whole) => {
      if (/^https?:/.test(target) || (picture === '' && target.startsWith('#'))) return all;
      const isSentence = whole.slice(0, at).endsWith('. ') && whole[at + all.length] === '\n';
      return picture === '' && !isSentence ? text : '';
    })
    .replaceAll(/\n{3,}/g, '\n\n');
}
