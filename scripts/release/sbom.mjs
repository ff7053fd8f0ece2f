/** The bill of materials (CycloneDX): npm's bill for the lock file, narrowed to what is shipped. */
import { execFileSync } from 'node:child_process';
import { root } from '../paths.mjs';

/**
 * @typedef {{ 'bom-ref': string, name: string, version: string, [more: string]: unknown }} Component
 * @typedef {{ ref: string, dependsOn: readonly string[] }} Dependency
 * @typedef {{ metadata: { component: Component, [more: string]: unknown }, components: readonly Component[],
 *   dependencies: readonly Dependency[], [more: string]: unknown }} Bill
 * @typedef {{ readonly name: string, readonly version: string }} Shipped
 */

/**
 * The bill of everything in the lock file.
 * @returns {Bill}
 */
export function billOfLockFile() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
  return JSON.parse(execFileSync(npm, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

/**
 * Narrows a bill to what is shipped. The product itself depends on all of that; our workspaces are part of it, and
 * packages that only build and test it are left out.
 * @param {Bill} bill of the lock file
 * @param {readonly Shipped[]} shipped third-party packages
 * @param {string} description
 * @returns {Bill} @throws Error if one of them is not in the lock file
 */
export function billOfShipped(bill, shipped, description) {
  const refs = new Set(shipped.map(({ name, version }) => `${name}@${version}`));
  const components = bill.components.filter((component) => refs.has(component['bom-ref']));
  const known = new Set(components.map((component) => component['bom-ref']));
  const unknown = [...refs].filter((ref) => !known.has(ref));
  if (unknown.length > 0) throw new Error(`shipped, but not in the lock file: ${unknown.join(', ')}`);
  const { version } = bill.metadata.component;
  const product = `omnia-buildstream@${version}`;
  const component = { ...bill.metadata.component, 'bom-ref': product, name: 'omnia-buildstream', description };
  const between = bill.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) }));
  return {
    ...bill,
    metadata: { ...bill.metadata, component },
    components,
    dependencies: [{ ref: product, dependsOn: [...refs].sort() }, ...between],
  };
}
