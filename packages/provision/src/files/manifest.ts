import { phrase } from '@omnia-buildstream/core/text/phrase';
import { filesTexts } from './filesTexts.ts';
import { createHash } from 'node:crypto';
import { isJsonObject, textField } from '@omnia-buildstream/core/text/jsonFields';
import { ProvisionError, type BootRequest } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { ipxeScript, scriptName, scriptNameOf } from './ipxeScript.ts';

export const manifestName = 'manifest.json';

/**
 * The manifest lists the scripts in the folder and their nodes. It is written last, so that everything that it names
 * exists. The same nodes give the same text.
 */
export function manifestText({ imageGroup, jobId, nodes }: BootRequest): string {
  const entries = nodes.map((node) => {
    const { hostname, mac, ip, role, image } = node;
    const sha256 = createHash('sha256').update(ipxeScript(node)).digest('hex');
    return { hostname, mac, ip, role, image, script: scriptNameOf(node), sha256 };
  });
  return `${JSON.stringify({ image_group_id: imageGroup, job_id: jobId, nodes: entries }, undefined, 2)}\n`;
}

export interface OwnScript {
  /** File name in the folder, never a path. */
  readonly script: string;
  readonly hostname: string;
}

/**
 * The scripts that a manifest names. If a name is not that of one of our scripts, the manifest is not ours. @throws
 * ProvisionError
 */
export function scriptsOf(text: string, file: string): OwnScript[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ProvisionError('unreadable', phrase(filesTexts.notJson, { file }), error);
  }
  const nodes = isJsonObject(value) ? value['nodes'] : undefined;
  if (!Array.isArray(nodes)) throw new ProvisionError('unreadable', phrase(filesTexts.noNodes, { file }));
  return (nodes as readonly unknown[]).map((entry, index) => {
    const script = isJsonObject(entry) ? textField(entry, 'script') : undefined;
    if (!isJsonObject(entry) || script === undefined || !scriptName.test(script)) {
      throw new ProvisionError('unreadable', phrase(filesTexts.strangeScript, { file, number: index + 1 }));
    }
    return { script, hostname: textField(entry, 'hostname') ?? '' };
  });
}
