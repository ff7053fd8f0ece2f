/**
 * Where the project is published, told by one place: `repository` of package.json. It is missing while nothing is published
 * there; then nothing that is packaged leads anywhere.
 */

/** @typedef {{ readonly repository?: { readonly type: 'git', readonly url: string } }} Manifest */

/**
 * What else a manifest tells of addresses, for the two kinds of servers whose pages are known.
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
 * A page as it is packaged. With an address the packager makes links and pictures of it. Without one, links into the
 * repository become their text, or go where they are all of a paragraph's last sentence, its pictures go, and so does what stands between `<!-- with address -->` and `<!-- end -->`.
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
