import { phrase } from '@omnia-buildstream/core/text/phrase';
import { filesTexts, valueTexts } from './filesTexts.ts';
import { isIpv4 } from '@omnia-buildstream/core/mapping/addresses';
import { ProvisionError, type BootNode } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { kernelParams } from '@omnia-buildstream/engine/deploy/kernelParams';

const mac = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/;
const hostname = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;
const role = /^[a-zA-Z0-9_-]{1,128}$/;
/** May contain `;`, which joins the folders of an image in BuildStreaM 2.3 (omnia.md section 7.2). */
const imageName = /^[\w.:/@+-]+(?:;[\w.:/@+-]+)*$/;
const longestImageName = 1024;
/** A complete URL without spaces or control characters; `isActive` checks for what iPXE would expand. */
const url = /^[a-z][a-z0-9+.-]*:\/\/[!-~]+$/;
const printable = /^[ -~]*$/;

/**
 * Refuses values that could be read as something else where they are written: a second line, another setting, a
 * command. The plan has already checked the values of the mapping file; this is the last check before a file is
 * written.
 */
export function checkValues(nodes: readonly BootNode[]): void {
  const macs = new Set<string>();
  for (const node of nodes) {
    const fault = faultOf(node);
    if (fault !== undefined) {
      const about = { hostname: JSON.stringify(node.hostname), value: JSON.stringify(fault.value) };
      throw new ProvisionError(
        'bad-input',
        phrase(filesTexts.badValue, { ...about, kind: phrase(valueTexts[fault.kind]) }),
      );
    }
    const { hostname, mac } = node;
    if (macs.has(mac)) throw new ProvisionError('bad-input', phrase(filesTexts.twice, { hostname, mac }));
    macs.add(node.mac);
  }
}

interface ValueFault {
  readonly kind: keyof typeof valueTexts;
  readonly value: string;
}

function faultOf(node: BootNode): ValueFault | undefined {
  const refuse = (kind: ValueFault['kind'], value: string): ValueFault => ({ kind, value });
  if (!hostname.test(node.hostname)) return refuse('hostname', node.hostname);
  if (!mac.test(node.mac)) return refuse('mac', node.mac);
  if (!isIpv4(node.ip)) return refuse('ip', node.ip);
  if (!role.test(node.role)) return refuse('role', node.role);
  if (node.image.length > longestImageName || !imageName.test(node.image)) return refuse('image', node.image);
  const { kernel, initrd, rootfs } = node.boot;
  for (const value of [kernel, initrd, rootfs]) {
    if (value !== undefined && (!url.test(value) || isActive(value))) return refuse('url', value);
  }
  const params = kernelParams(node.boot);
  return printable.test(params) && !isActive(params) ? undefined : refuse('kernelParams', params);
}

/** Whether iPXE's command line would interpret the text: as a setting, a comment, or the end of a command. */
function isActive(text: string): boolean {
  return text.includes('${') || text.split(' ').some((word) => /^(?:#|;$|&&$|\|\|$)/.test(word));
}
