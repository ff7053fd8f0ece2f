import type { Parsed } from './problem.ts';
import { readYamlFile } from './yamlFile.ts';

const messages = {
  notList: '{key} must be a list, so its groups are not compared with the mapping file.',
} as const;

/** Reads the groups that storage_config.yml names (omnia.md section 2). Never throws. */
export function parseStorageConfig(text: string): Parsed<readonly string[]> {
  return readYamlFile('storage-config-invalid', text, (root, warn) => {
    const mounts = root?.get('mounts');
    const items = mounts?.items();
    if (mounts !== undefined && !mounts.isBlank && items === undefined) {
      warn(mounts.range, messages.notList, { key: 'mounts' });
    }
    const names = (items ?? []).flatMap((mount) => {
      const groups = mount.get('groups');
      const listed = groups?.items();
      if (groups !== undefined && !groups.isBlank && listed === undefined) {
        warn(groups.range, messages.notList, { key: 'groups' });
      }
      return (listed ?? []).flatMap(({ text: name }) => name ?? []);
    });
    return [...new Set(names)];
  });
}
