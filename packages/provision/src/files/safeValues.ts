import { isIpv4 } from '@omnia-buildstream/core/mapping/addresses';
import { ProvisionError, type BootNode } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { kernelParams } from '@omnia-buildstream/engine/deploy/kernelParams';

const mac = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/;
const hostname = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;
const role = /^[a-zA-Z0-9_-]{1,128}$/;
/** With `;`, which joins the folders of an image in BuildStreaM 2.3 (omnia.md section 7.2). */
const imageName = /^[\w.:/@+-]+(?:;[\w.:/@+-]+)*$/;
const longestImageName = 1024;
/** No blank, no control character, nothing that iPXE expands, a whole URL. */
const url = /^[a-z][a-z0-9+.-]*:\/\/[!-~]+$/;
const printable = /^[ -~]*$/;

/**
 * Refuses values that could be read as something else where they are written: a second line, a further setting, a
 * command. The plan has checked what comes from the mapping file; this is the last door before a file.
 */
export function checkValues(nodes: readonly BootNode[]): void {
  const macs = new Set<string>();
  for (const node of nodes) {
    const fault = faultOf(node);
    if (fault !== undefined) throw new ProvisionError('bad-input', `${JSON.stringify(node.hostname)}: ${fault}`);
    if (macs.has(node.mac)) throw new ProvisionError('bad-input', `${node.hostname}: ${node.mac} occurs twice`);
    macs.add(node.mac);
  }
}

function faultOf(node: BootNode): string | undefined {
  const refuse = (what: string, value: string): string => `${JSON.stringify(value)} cannot be written as ${what}`;
  if (!hostname.test(node.hostname)) return refuse('host name', node.hostname);
  if (!mac.test(node.mac)) return refuse('MAC address', node.mac);
  if (!isIpv4(node.ip)) return refuse('address', node.ip);
  if (!role.test(node.role)) return refuse('role', node.role);
  if (node.image.length > longestImageName || !imageName.test(node.image))
    return refuse('name of an image', node.image);
  const { kernel, initrd, rootfs } = node.boot;
  for (const value of [kernel, initrd, rootfs]) {
    if (value !== undefined && (!url.test(value) || isActive(value))) return refuse('URL', value);
  }
  const params = kernelParams(node.boot);
  return printable.test(params) && !isActive(params) ? undefined : refuse('kernel parameters', params);
}

/** What iPXE's command line takes for more than text: settings, comments, the end of a command. */
function isActive(text: string): boolean {
  return text.includes('${') || text.split(' ').some((word) => /^(?:#|;$|&&$|\|\|$)/.test(word));
}
