import { architectures } from '../mapping/functionalGroups.ts';
import type { Located, Parsed } from './problem.ts';
import { readYamlFile, type Warn } from './yamlFile.ts';
import type { YamlValue } from './yamlValue.ts';

const messages = {
  unknownKey: 'Omnia does not allow {key} here and refuses the file. Expected: {keys}.',
  notMapping: '{key} must be a mapping. Omnia refuses the file.',
  notList: '{key} must be a list. Omnia refuses the file.',
  groupName: '{group} is not a valid functional group name. Use at most 128 letters, digits, underscores, and hyphens.',
  architecture: '{group} does not end with _x86_64 or _aarch64. Omnia refuses the file.',
  notText: 'boot_kernel_params must be a string. Omnia refuses the file.',
  parameter:
    '{value} is not a kernel parameter that Omnia accepts. Expected a name, or name=value, without quotes and backslashes.',
  protectedParameter: 'Omnia sets the kernel parameter {value} itself, and refuses the file.',
  path: 'config_file is {value}. Expected an absolute path or nothing. Omnia refuses the file.',
  image: 'image_override needs kernel, initrd and rootfs together, or nothing. Omnia refuses the file.',
  imageKey:
    '{key} is {value}. Expected the key of an object: only letters, digits, and . _ / -, no / at the start, and no "..".',
  otherArchitecture: '{value} names a different architecture than {group}. Omnia refuses the file.',
} as const;

const scopeKeys = ['boot_kernel_params', 'cloud_init', 'post_config'];
const imageKeys = ['kernel', 'initrd', 'rootfs'];
/** What the platform sets; the kernel honors the last occurrence. */
const protectedParameters = new Set([
  ...['root', 'ip', 'ip6', 'rd.live.image', 'rd.live.ram', 'rd.neednet', 'console', 'ds', 'selinux', 'apparmor'],
  ...['netroot', 'bootdev', 'initrd', 'BOOT_IMAGE', 'inst.repo', 'inst.stage2'],
]);

/**
 * Reads functional_group_config.yml, which the newest 2.3 has (omnia.md section 2): kernel parameters, cloud-init and images
 * by functional group. Never throws.
 * @returns names of the groups that have settings
 */
export function parseGroupConfig(text: string): Parsed<readonly string[]> {
  return readYamlFile('group-config-invalid', text, (root, warn) => {
    checkKeys(root, ['common', 'groups'], warn);
    checkScope(root?.get('common'), 'common', undefined, warn);
    const groups = root?.get('groups');
    if (groups === undefined || groups.isBlank) return [];
    if (!groups.isMap) warn(groups.range, messages.notMapping, { key: 'groups' });
    const names = groups.keys();
    for (const name of names) checkGroup(name, groups.get(name.value), warn);
    return names.map(({ value }) => value);
  });
}

function checkGroup({ value: group, range }: Located<string>, scope: YamlValue | undefined, warn: Warn): void {
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(group)) warn(range, messages.groupName, { group });
  else if (!architectures.some((name) => group.endsWith(`_${name}`))) warn(range, messages.architecture, { group });
  checkScope(scope, `groups.${group}`, group, warn);
}

/** @param group undefined: the settings that all groups share, which have no image */
function checkScope(scope: YamlValue | undefined, key: string, group: string | undefined, warn: Warn): void {
  if (scope === undefined || scope.isBlank) return;
  if (!scope.isMap) {
    warn(scope.range, messages.notMapping, { key });
    return;
  }
  checkKeys(scope, group === undefined ? scopeKeys : [...scopeKeys, 'image_override'], warn);
  checkParameters(scope.get('boot_kernel_params'), warn);
  checkCloudInit(scope.get('cloud_init'), group, warn);
  checkPosts(scope.get('post_config'), warn);
  if (group !== undefined) checkImage(scope.get('image_override'), group, warn);
}

function checkParameters(found: YamlValue | undefined, warn: Warn): void {
  if (found === undefined || found.isBlank) return;
  if (!found.isString) {
    warn(found.range, messages.notText);
    return;
  }
  for (const value of (found.text ?? '').split(/\s+/)) {
    const [name = ''] = value.split('=', 1);
    const isSafe = /^[A-Za-z0-9_.-]+$/.test(name) && /^[A-Za-z0-9_.,:;/@+%=-]*$/.test(value.slice(name.length));
    if (!isSafe) warn(found.range, messages.parameter, { value });
    else if (protectedParameters.has(name)) warn(found.range, messages.protectedParameter, { value: name });
  }
}

function checkCloudInit(found: YamlValue | undefined, group: string | undefined, warn: Warn): void {
  if (found === undefined || found.isBlank) return;
  if (!found.isMap) {
    warn(found.range, messages.notMapping, { key: 'cloud_init' });
    return;
  }
  checkKeys(found, ['config_file'], warn);
  const file = found.get('config_file');
  if (file === undefined || file.isBlank) return;
  if (file.text?.startsWith('/') !== true) warn(file.range, messages.path, { value: file.text ?? '""' });
  else checkArchitecture(file, group, warn);
}

function checkPosts(found: YamlValue | undefined, warn: Warn): void {
  if (found === undefined || found.isBlank) return;
  const items = found.items();
  if (items === undefined) warn(found.range, messages.notList, { key: 'post_config' });
  for (const item of items ?? []) {
    if (item.isMap) checkKeys(item, ['write_files', 'runcmd'], warn);
    else warn(item.range, messages.notMapping, { key: 'post_config' });
  }
}

function checkImage(found: YamlValue | undefined, group: string, warn: Warn): void {
  if (found === undefined || found.isBlank) return;
  if (!found.isMap) {
    warn(found.range, messages.notMapping, { key: 'image_override' });
    return;
  }
  checkKeys(found, imageKeys, warn);
  const values = imageKeys.map((key) => ({ key, value: found.get(key) }));
  const given = values.filter(({ value }) => value !== undefined && !value.isBlank);
  if (given.length > 0 && given.length < imageKeys.length) warn(found.range, messages.image);
  for (const { key, value } of given) {
    const text = value?.text ?? '';
    const isKey = /^[A-Za-z0-9._/-]{1,512}$/.test(text) && !text.startsWith('/') && !text.includes('..');
    if (value === undefined) continue;
    if (!isKey) warn(value.range, messages.imageKey, { key, value: text });
    else checkArchitecture(value, group, warn);
  }
}

function checkArchitecture({ text = '', range }: YamlValue, group: string | undefined, warn: Warn): void {
  const own = architectures.find((name) => group?.endsWith(`_${name}`) === true);
  const named = architectures.filter((name) => text.includes(name));
  if (own === undefined || named.length === 0 || named.includes(own)) return;
  warn(range, messages.otherArchitecture, { value: text, group: group ?? '' });
}

function checkKeys(map: YamlValue | undefined, known: readonly string[], warn: Warn): void {
  for (const { value: key, range } of map?.keys() ?? []) {
    if (!known.includes(key)) warn(range, messages.unknownKey, { key, keys: known.join(', ') });
  }
}
