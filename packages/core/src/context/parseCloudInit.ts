import type { Parsed } from './problem.ts';
import { readYamlFile, type Warn } from './yamlFile.ts';
import type { YamlValue } from './yamlValue.ts';

const messages = {
  prohibited: '{key} is not allowed in additional cloud-init. Omnia refuses the file.',
  unknown: 'Omnia does not allow {key} here and refuses the file. Expected: {keys}.',
  notMapping: '{key} must be a mapping. Omnia refuses the file.',
} as const;

const prohibited = ['bootcmd', 'network', 'network-config', 'packages'];
const sections = ['write_files', 'runcmd'];

/** Reads additional_cloud_init.yml (omnia.md section 2). Never throws. @returns the groups that it has parts for */
export function parseCloudInit(text: string): Parsed<readonly string[]> {
  return readYamlFile('cloud-init-invalid', text, (root, warn) => {
    for (const { value: key, range } of root?.keys() ?? []) {
      if (key !== 'common' && key !== 'groups') warn(range, messages.unknown, { key, keys: 'common, groups' });
    }
    checkSection('common', root?.get('common'), warn);
    const groups = root?.get('groups');
    if (groups === undefined || groups.isBlank) return [];
    if (!groups.isMap) warn(groups.range, messages.notMapping, { key: 'groups' });
    const names = groups.keys().map(({ value }) => value);
    for (const name of names) checkSection(name, groups.get(name), warn);
    return names;
  });
}

function checkSection(name: string, section: YamlValue | undefined, warn: Warn): void {
  if (section === undefined || section.isBlank) return;
  if (!section.isMap) warn(section.range, messages.notMapping, { key: name });
  for (const { value: key, range } of section.keys()) {
    if (prohibited.includes(key)) warn(range, messages.prohibited, { key });
    else if (!sections.includes(key)) warn(range, messages.unknown, { key, keys: sections.join(', ') });
  }
}
